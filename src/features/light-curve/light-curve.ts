import type { Input } from "../feature-set";

/**
 * A star's observations from a table, the database or the API, unchecked: `foldLightCurve` validates them.
 */
export interface LightCurvePoints {
  /** [points] times [d] on any one scale, or phases [cycles] if `folded` */
  readonly time: ArrayLike<number>;
  readonly folded: boolean;
  /** [points] [mag]; NaN if there is none, for example for a flux that is not positive */
  readonly mag: ArrayLike<number>;
  /** [points] standard errors [mag], or null if unknown */
  readonly magError: ArrayLike<number> | null;
}

/** One cycle of a variable star: the input of every light-curve feature set, in training and in serving. */
export interface FoldableLightCurve {
  /** [d] */
  readonly periodDays: number;
  /** [points] [cycles] 0 <= phase < 1, ascending; the zero point is arbitrary */
  readonly phase: Float64Array;
  /** [points] [mag] finite */
  readonly mag: Float64Array;
  /** [points] standard errors [mag], finite and positive; null if unknown */
  readonly magError: Float64Array | null;
}

/**
 * A named, ordered list of inputs and the one function that computes them from a folded light curve: the only path from
 * observations to a model's inputs, in training and in serving.
 */
export interface LightCurveFeatureSet {
  readonly name: string;
  readonly inputs: readonly Input[];
  /**
   * the feature set that shows whether a light curve has an unusual shape, if the inputs do not: a network reads points,
   * and each point of an unusual light curve may be ordinary
   */
  readonly judgedBy?: LightCurveFeatureSet;
  /** @returns one number per input, in order, NaN if it cannot be computed */
  compute(curve: FoldableLightCurve): Float32Array;
}
