import type { Block, KernelMemory } from "./kernels/kernels";

/** One sequence after another, each with the points it has: no padding to skip or to pay for. */
export interface Sequences {
  /** [rows, channels] */
  readonly values: Float32Array;
  readonly channels: number;
  /** [sequences + 1] row at which each begins, and the end */
  readonly starts: Int32Array;
}

/** Some sequences in the kernels' memory. */
export class RaggedBatch {
  readonly inputs: Block;
  readonly starts: Block;
  sequences = 0;
  rows = 0;

  constructor(
    memory: KernelMemory,
    readonly channels: number,
    mostSequences: number,
    readonly mostRows: number,
  ) {
    this.inputs = memory.allocate(mostRows * channels);
    this.starts = memory.allocate(mostSequences + 1);
  }

  /** @param chosen indices of the sequences to take, in this order */
  fill({ values, channels, starts }: Sequences, chosen: Int32Array): void {
    const inputs = this.inputs.floats;
    const at = this.starts.integers;
    this.sequences = chosen.length;
    this.rows = 0;
    chosen.forEach((sequence, index) => {
      const [first, end] = [starts[sequence], starts[sequence + 1]];
      inputs.set(values.subarray(first! * channels, end! * channels), this.rows * channels);
      at[index] = this.rows;
      this.rows += end! - first!;
    });
    at[chosen.length] = this.rows;
  }
}
