import type { Random } from "../../../src/science/random";
import type { Block, KernelMemory } from "./kernels/kernels";
import { glorotUniform, type Parameter, parameter } from "./parameter";
import type { RaggedBatch } from "./ragged-batch";

/** Takes one row of each sequence: its last, or its first for what reads from the end. */
type Ends = (batch: RaggedBatch, visit: (sequence: number, column: number, row: number) => void) => void;

export interface HeadShape {
  /** numbers a row of what it reads */
  readonly width: number;
  /** whether the second half of the width reads sequences from their end */
  readonly isBidirectional: boolean;
  /** what it sees of a sequence: its end, or the mean over it */
  readonly pooling: "last" | "mean";
}

/** Pools the last level over each sequence and gives one number: a linear map, as the published networks end. */
export class Head {
  readonly parameters: readonly [kernel: Parameter, bias: Parameter];
  readonly #pooled: Block;
  readonly #pooledSlopes: Block;
  readonly #ends: Ends;

  constructor(
    private readonly memory: KernelMemory,
    private readonly shape: HeadShape,
    sequences: number,
    random: Random,
  ) {
    const { width, isBidirectional } = shape;
    this.parameters = [parameter(memory, glorotUniform(width, 1, 1, random), true), parameter(memory, new Float32Array(1), false)];
    this.#pooled = memory.allocate(sequences * width);
    this.#pooledSlopes = memory.allocate(sequences * width);
    const forwards = isBidirectional ? width / 2 : width;
    this.#ends = ({ sequences: count, starts }, visit) => {
      const at = starts.integers;
      for (let sequence = 0; sequence < count; sequence++) {
        for (let column = 0; column < width; column++) visit(sequence, column, column! < forwards ? at[sequence + 1]! - 1 : at[sequence]!);
      }
    };
  }

  #pool(batch: RaggedBatch, states: Block): Float32Array {
    const pooled = this.#pooled.floats;
    if (this.shape.pooling === "mean") {
      this.memory.kernels.poolMean(batch.sequences, batch.starts.pointer, this.shape.width, states.pointer, this.#pooled.pointer);
    } else {
      const from = states.floats;
      this.#ends(batch, (sequence, column, row) => {
        pooled[sequence * this.shape.width + column] = from[row * this.shape.width + column]!;
      });
    }
    return pooled;
  }

  /** @param states [rows, width] @returns [sequences] */
  forward(batch: RaggedBatch, states: Block): Float32Array {
    const pooled = this.#pool(batch, states);
    const [kernel, bias] = this.parameters.map(({ values }) => values.floats);
    return Float32Array.from({ length: batch.sequences }, (_, sequence) => {
      let sum = bias![0]!;
      for (let column = 0; column < this.shape.width; column++) sum += kernel![column]! * pooled[sequence * this.shape.width + column]!;
      return sum;
    });
  }

  /** @param slopes [sequences] @param stateSlopes [rows, width] zeros, which it fills */
  backward(batch: RaggedBatch, slopes: Float32Array, stateSlopes: Block): void {
    const { width } = this.shape;
    const pooled = this.#pooled.floats;
    const pooledSlopes = this.#pooledSlopes.floats;
    const kernel = this.parameters[0].values.floats;
    const [kernelGradient, biasGradient] = this.parameters.map(({ gradient }) => gradient.floats);
    slopes.forEach((slope, sequence) => {
      biasGradient![0]! += slope;
      for (let column = 0; column < width; column++) {
        kernelGradient![column]! += slope * pooled[sequence * width + column]!;
        pooledSlopes[sequence * width + column] = slope * kernel[column]!;
      }
    });
    if (this.shape.pooling === "mean") {
      const { sequences, starts } = batch;
      this.memory.kernels.spreadMean(sequences, starts.pointer, width, this.#pooledSlopes.pointer, stateSlopes.pointer);
      return;
    }
    const into = stateSlopes.floats;
    this.#ends(batch, (sequence, column, row) => {
      into[row * width + column] = pooledSlopes[sequence * width + column]!;
    });
  }
}
