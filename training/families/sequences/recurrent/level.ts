import type { Random } from "../../../../src/science/random";
import { dropoutMask } from "../../mlp/dropout";
import type { Block, KernelMemory } from "../kernels/kernels";
import type { Parameter } from "../parameter";
import type { RaggedBatch } from "../ragged-batch";
import type { Capacity } from "../sequence-network";
import type { CellName } from "./cell";
import { RecurrentLayer } from "./recurrent-layer";

export interface LevelShape {
  readonly cell: CellName;
  readonly inputs: number;
  /** of each direction */
  readonly units: number;
  readonly isBidirectional: boolean;
  /** share of units dropped behind it in training */
  readonly dropout: number;
}

/**
 * One floor of a recurrent network: a layer, or one forward and one backward side by side, and dropout behind it. A
 * unit is dropped for a whole sequence (Gal & Ghahramani 2016): dropped anew at each step, it would average out.
 */
export class Level {
  readonly width: number;
  readonly layers: readonly RecurrentLayer[];
  /** [rows, width] what the next level reads */
  readonly outputs: Block;
  /** [rows, width] the loss's gradient by the outputs: the next level, or the head, adds to it */
  readonly slopes: Block;
  readonly #mask: Block;
  readonly #layerSlopes: Block;
  #isMasked = false;

  constructor(
    private readonly memory: KernelMemory,
    readonly shape: LevelShape,
    { sequences, rows }: Capacity,
    random: Random,
  ) {
    const { cell, inputs, units } = shape;
    const directions = shape.isBidirectional ? [false, true] : [false];
    this.width = directions.length * units;
    this.layers = directions.map((isReversed) => new RecurrentLayer(memory, { cell, inputs, units, isReversed }, rows, random));
    this.outputs = memory.allocate(rows * this.width);
    this.slopes = memory.allocate(rows * this.width);
    this.#mask = memory.allocate(sequences * this.width);
    this.#layerSlopes = memory.allocate(rows * shape.units);
  }

  get parameters(): readonly Parameter[] {
    return this.layers.flatMap((layer) => layer.parameters);
  }

  /** @param random draws the units to drop; null as it predicts */
  forward(batch: RaggedBatch, inputs: Block, random: Random | null): void {
    const { kernels } = this.memory;
    const { units, dropout } = this.shape;
    this.layers.forEach((layer, side) => {
      const states = layer.forward(batch, inputs);
      kernels.copyColumns(batch.rows, units, states.pointer, units, this.outputs.pointer + 4 * side * units, this.width);
    });
    this.#isMasked = random !== null && dropout > 0;
    if (random === null || dropout === 0) return;
    this.#mask.floats.set(dropoutMask(batch.sequences * this.width, dropout, random));
    this.#applyMask(batch, this.outputs);
  }

  #applyMask({ sequences, starts }: RaggedBatch, x: Block): void {
    this.memory.kernels.scaleSequences(sequences, starts.pointer, this.width, this.#mask.pointer, x.pointer);
  }

  /** @param inputSlopes what the loss's gradient by the inputs is added to; null for the first level */
  backward(batch: RaggedBatch, inputs: Block, inputSlopes: Block | null): void {
    const { kernels } = this.memory;
    const { units } = this.shape;
    if (this.#isMasked) this.#applyMask(batch, this.slopes);
    this.layers.forEach((layer, side) => {
      kernels.copyColumns(batch.rows, units, this.slopes.pointer + 4 * side * units, this.width, this.#layerSlopes.pointer, units);
      layer.backward(batch, inputs, this.#layerSlopes, inputSlopes);
    });
  }
}
