import type { StellarColumn, StellarRow } from "../catalogue/stellar-row";

export type { StellarColumn, StellarRow };

/** One input of a model, computed from the raw values. */
export interface Input {
  readonly name: string;
  /** `mag`, `pc`, `K`, `dex`, `-` */
  readonly unit: string;
  readonly description: string;
}

/**
 * A named, ordered list of inputs and the one function that computes them: the only path from a star's raw values to a
 * model's inputs, in training and in serving.
 */
export interface FeatureSet {
  readonly name: string;
  readonly inputs: readonly Input[];
  /** The raw columns that `compute` reads. */
  readonly columns: readonly StellarColumn[];
  /** @returns one number per input, in order, NaN if it cannot be computed */
  compute(row: StellarRow): Float64Array;
}
