import type { Random } from "../../../../src/science/random";
import type { Block, KernelMemory } from "../kernels/kernels";
import { glorotUniform, orthogonalGates, type Parameter, parameter } from "../parameter";
import type { RaggedBatch } from "../ragged-batch";
import type { Cell, CellName, MakeCell, Steps } from "./cell";
import { gruCell } from "./gru-cell";
import { lstmCell } from "./lstm-cell";

const CELLS: Readonly<Record<CellName, MakeCell>> = { gru: gruCell, lstm: lstmCell };

export interface RecurrentLayerShape {
  readonly cell: CellName;
  /** numbers a row that comes in */
  readonly inputs: number;
  /** a multiple of 4: the kernels compute four at a time */
  readonly units: number;
  /** reads each sequence from its end */
  readonly isReversed: boolean;
}

/** One recurrent layer in one direction over a ragged batch. What it returns lives until its next `forward`. */
export class RecurrentLayer {
  readonly parameters: readonly [kernel: Parameter, recurrent: Parameter, bias: Parameter];
  readonly #cell: Cell;
  readonly #steps: Steps;
  readonly #transposedKernel: Block;
  readonly #transposedRecurrent: Block;

  /** @param rows most rows of a batch */
  constructor(
    private readonly memory: KernelMemory,
    readonly shape: RecurrentLayerShape,
    rows: number,
    random: Random,
  ) {
    const { inputs, units } = shape;
    if (units % 4 !== 0) throw new RangeError(`A recurrent layer has a multiple of 4 units, not ${units}.`);
    this.#cell = CELLS[shape.cell](memory, units, rows);
    const { gates } = this.#cell;
    this.parameters = [
      parameter(memory, glorotUniform(inputs, gates * units, units, random), true),
      parameter(memory, orthogonalGates(units, gates, random), true),
      parameter(memory, this.#cell.startingBias(), false),
    ];
    const [all, each] = [memory.allocate(rows * gates * units), () => memory.allocate(rows * units)];
    this.#steps = { gates: all, states: each(), before: each() };
    this.#transposedKernel = memory.allocate(inputs * gates * units);
    this.#transposedRecurrent = memory.allocate(gates * units * units);
  }

  /** @param inputs [rows, inputs] @returns [rows, units] */
  forward(batch: RaggedBatch, inputs: Block): Block {
    const { kernels } = this.memory;
    const [kernel, recurrent, bias] = this.parameters;
    const width = this.#cell.gates * this.shape.units;
    const { gates, states } = this.#steps;
    kernels.repeatRow(batch.rows, width, bias.values.pointer, gates.pointer);
    kernels.addProducts(batch.rows, this.shape.inputs, width, inputs.pointer, kernel.values.pointer, gates.pointer);
    this.#cell.forward(batch, recurrent.values, this.#steps, this.shape.isReversed);
    return states;
  }

  /**
   * Adds to the parameters' gradients, after a `forward` of the same batch.
   *
   * @param slopes [rows, units] the loss's gradient by each state
   * @param inputSlopes [rows, inputs] to which the loss's gradient by the inputs is added, where it is wanted
   */
  backward(batch: RaggedBatch, inputs: Block, slopes: Block, inputSlopes: Block | null): void {
    const { kernels } = this.memory;
    const { rows } = batch;
    const { units, inputs: size, isReversed } = this.shape;
    const [kernel, recurrent, bias] = this.parameters;
    const width = this.#cell.gates * units;
    kernels.transpose(units, width, recurrent.values.pointer, this.#transposedRecurrent.pointer);
    this.#cell.backward(batch, this.#transposedRecurrent, this.#steps, slopes, isReversed);
    const { pointer } = this.#steps.gates;
    kernels.addOuterProducts(rows, size, width, inputs.pointer, pointer, width, kernel.gradient.pointer, width);
    this.#cell.addRecurrentGradient(rows, this.#steps, recurrent);
    kernels.addRows(rows, width, pointer, bias.gradient.pointer);
    if (!inputSlopes) return;
    kernels.transpose(size, width, kernel.values.pointer, this.#transposedKernel.pointer);
    kernels.addProducts(rows, width, size, pointer, this.#transposedKernel.pointer, inputSlopes.pointer);
  }
}
