import type { Block, KernelMemory } from "../kernels/kernels";
import { type Parameter, parameter } from "../parameter";

/** Brings each row to mean 0 and variance 1, then scales and shifts its columns (Ba et al. 2016). */
export class NormalisationLayer {
  readonly parameters: readonly [gain: Parameter, bias: Parameter];
  /** [rows, columns] */
  readonly outputs: Block;
  readonly #standard: Block;
  readonly #inverse: Block;

  constructor(
    private readonly memory: KernelMemory,
    private readonly columns: number,
    rows: number,
  ) {
    this.parameters = [parameter(memory, new Float32Array(columns).fill(1), false), parameter(memory, new Float32Array(columns), false)];
    this.outputs = memory.allocate(rows * columns);
    this.#standard = memory.allocate(rows * columns);
    this.#inverse = memory.allocate(rows);
  }

  forward(rows: number, x: Block): Block {
    const [gain, bias] = this.parameters.map(({ values }) => values.pointer);
    const kept = [this.outputs.pointer, this.#standard.pointer, this.#inverse.pointer] as const;
    this.memory.kernels.normaliseRows(rows, this.columns, x.pointer, gain!, bias!, ...kept);
    return this.outputs;
  }

  /** @param slopes the loss's gradient by the outputs @param xSlopes to which that by x is added */
  backward(rows: number, slopes: Block, xSlopes: Block): void {
    const [gain, bias] = this.parameters;
    const kept = [gain.values.pointer, this.#standard.pointer, this.#inverse.pointer] as const;
    const into = [xSlopes.pointer, gain.gradient.pointer, bias.gradient.pointer] as const;
    this.memory.kernels.normaliseRowsBackward(rows, this.columns, slopes.pointer, ...kept, ...into);
  }
}
