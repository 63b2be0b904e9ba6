import type { Random } from "../../../../src/science/random";
import { Head } from "../head";
import { type Block, KernelMemory } from "../kernels/kernels";
import type { Parameter } from "../parameter";
import { RaggedBatch, type Sequences } from "../ragged-batch";
import type { Capacity, SequenceNetwork } from "../sequence-network";
import type { CellName } from "./cell";
import { Level } from "./level";

export interface RecurrentShape {
  readonly kind: "recurrent";
  readonly cell: CellName;
  /** numbers a point of a sequence */
  readonly channels: number;
  /** of each level, from the input on; multiples of 4 */
  readonly units: readonly number[];
  readonly isBidirectional: boolean;
  /** what the head sees of the last level: its state at a sequence's end, or the mean over the sequence */
  readonly pooling: "last" | "mean";
  /** share of units dropped behind each level in training */
  readonly dropout: readonly number[];
}

/**
 * A recurrent regression in training: levels of GRU or LSTM, pooling, one linear output. Written out by hand over
 * kernels that take a whole sequence at once: TensorFlow.js dispatches some forty kernels a step.
 */
export class RecurrentNetwork implements SequenceNetwork {
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
    const { cell, isBidirectional, units, channels, pooling, dropout } = shape;
    const directions = isBidirectional ? 2 : 1;
    this.batch = new RaggedBatch(this.#memory, channels, capacity.sequences, capacity.rows);
    this.levels = units.map((count, index) => {
      const inputs = index === 0 ? channels : directions * units[index - 1]!;
      return new Level(this.#memory, { cell, inputs, units: count, isBidirectional, dropout: dropout[index]! }, capacity, random);
    });
    const last = this.levels[this.levels.length - 1];
    this.head = new Head(this.#memory, { width: last!.width, isBidirectional, pooling }, capacity.sequences, random);
  }

  get parameters(): readonly Parameter[] {
    return [...this.levels.flatMap((level) => level.parameters), ...this.head.parameters];
  }

  #inputsOf(level: number): Block {
    return level === 0 ? this.batch.inputs : this.levels[level - 1]!.outputs;
  }

  forward(sequences: Sequences, chosen: Int32Array, dropout: Random | null): Float32Array {
    this.batch.fill(sequences, chosen);
    this.levels.forEach((level, index) => {
      level.forward(this.batch, this.#inputsOf(index), dropout);
    });
    return this.head.forward(this.batch, this.levels[this.levels.length - 1]!.outputs);
  }

  backward(slopes: Float32Array): void {
    for (const { gradient } of this.parameters) gradient.floats.fill(0);
    for (const level of this.levels) level.slopes.floats.subarray(0, this.batch.rows * level.width).fill(0);
    this.head.backward(this.batch, slopes, this.levels[this.levels.length - 1]!.slopes);
    for (let index = this.levels.length - 1; index >= 0; index--) {
      this.levels[index]!.backward(this.batch, this.#inputsOf(index), index === 0 ? null : this.levels[index - 1]!.slopes);
    }
  }
}
