import type { Random } from "../../src/science/random";
import type { CellName } from "./cell";
import { Head } from "./head";
import { type Block, KernelMemory } from "./kernels";
import { type Capacity, Level } from "./level";
import type { Parameter } from "./parameter";
import { RaggedBatch, type Sequences } from "./ragged-batch";

export interface RecurrentShape {
  readonly cell: CellName;
  /** numbers a point of a sequence */
  readonly channels: number;
  /** of each level, from the input on; multiples of 4 */
  readonly units: readonly number[];
  readonly isBidirectional: boolean;
  /** what the head sees of the last level: its state at a sequence's end, or the mean over the sequence */
  readonly pooling: "last" | "mean";
}

export interface Dropout {
  /** share of units dropped behind each level */
  readonly rates: readonly number[];
  readonly random: Random;
}

/**
 * A recurrent regression in training: levels of GRU or LSTM, pooling, one linear output. Written out by hand over
 * kernels that take a whole sequence at once: TensorFlow.js dispatches some forty kernels a step.
 */
export class RecurrentNetwork {
  readonly levels: readonly Level[];
  readonly head: Head;
  readonly batch: RaggedBatch;
  readonly #memory = new KernelMemory();

  /** @param capacity of the largest batch */
  constructor(
    readonly shape: RecurrentShape,
    capacity: Capacity,
    random: Random,
  ) {
    const { cell, isBidirectional, units, channels, pooling } = shape;
    const directions = isBidirectional ? 2 : 1;
    this.batch = new RaggedBatch(this.#memory, channels, capacity.sequences, capacity.rows);
    this.levels = units.map((count, index) => {
      const inputs = index === 0 ? channels : directions * units[index - 1];
      return new Level(this.#memory, { cell, inputs, units: count, isBidirectional }, capacity, random);
    });
    const last = this.levels[this.levels.length - 1];
    this.head = new Head(this.#memory, last.width, isBidirectional, pooling, capacity.sequences, random);
  }

  get parameters(): readonly Parameter[] {
    return [...this.levels.flatMap((level) => level.parameters), ...this.head.parameters];
  }

  #inputsOf(level: number): Block {
    return level === 0 ? this.batch.inputs : this.levels[level - 1].outputs;
  }

  /**
   * @param chosen which of the sequences
   * @param dropout null as it predicts
   * @returns [chosen] of order one; lives until the next call
   */
  forward(sequences: Sequences, chosen: Int32Array, dropout: Dropout | null): Float32Array {
    this.batch.fill(sequences, chosen);
    this.levels.forEach((level, index) => {
      const drop = dropout && { rate: dropout.rates[index] ?? 0, random: dropout.random };
      level.forward(this.batch, this.#inputsOf(index), drop);
    });
    return this.head.forward(this.batch, this.levels[this.levels.length - 1].outputs);
  }

  /**
   * Fills the parameters' gradients, after a `forward`.
   *
   * @param slopes [chosen] the loss's gradient by each output
   */
  backward(slopes: Float32Array): void {
    for (const { gradient } of this.parameters) gradient.floats.fill(0);
    for (const level of this.levels) level.slopes.floats.subarray(0, this.batch.rows * level.width).fill(0);
    this.head.backward(this.batch, slopes, this.levels[this.levels.length - 1].slopes);
    for (let index = this.levels.length - 1; index >= 0; index--) {
      this.levels[index].backward(this.batch, this.#inputsOf(index), index === 0 ? null : this.levels[index - 1].slopes);
    }
  }
}
