import type { Random } from "../../../src/science/random";
import type { Parameter } from "./parameter";
import type { Sequences } from "./ragged-batch";

/** A network in training that reads sequences and gives one number each. */
export interface SequenceNetwork {
  readonly parameters: readonly Parameter[];
  /**
   * @param chosen which of the sequences, no more than the network has room for
   * @param dropout draws what is dropped; null as it predicts
   * @returns [chosen] of order one
   */
  forward(sequences: Sequences, chosen: Int32Array, dropout: Random | null): Float32Array;
  /**
   * Fills the parameters' gradients, after a `forward`.
   *
   * @param slopes [chosen] the loss's gradient by each output
   */
  backward(slopes: Float32Array): void;
}

/** The largest batch that a network has room for. */
export interface Capacity {
  readonly sequences: number;
  /** of all its sequences together */
  readonly rows: number;
  /** points of the longest sequence */
  readonly longest: number;
}

/** @param starts row at which each sequence begins, and the end @returns room for any batch of so many of the sequences */
export function capacityFor(starts: Int32Array, sequences: number): Capacity {
  const lengths = starts
    .slice(1)
    .map((end, star) => end - starts[star]!)
    .sort((a, b) => b - a);
  const rows = lengths.subarray(0, sequences).reduce((sum, length) => sum + length, 0);
  return { sequences, rows, longest: lengths[0]! };
}

/** A network's parameters as plain numbers, in its own order. */
export type Snapshot = readonly Float32Array[];

export function snapshot({ parameters }: SequenceNetwork): Float32Array[] {
  return parameters.map(({ values }) => Float32Array.from(values.floats));
}

export function restore({ parameters }: SequenceNetwork, numbers: Snapshot): void {
  parameters.forEach(({ values }, index) => {
    values.floats.set(numbers[index]!);
  });
}
