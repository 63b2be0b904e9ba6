/** How raw inputs are brought to order one. A missing input becomes `mean` (a mean, or a median), and its NaN flag 1. */
export interface Normalisation {
  /** [F] in the inputs' units */
  readonly mean: ArrayLike<number>;
  /** [F] in the inputs' units, positive */
  readonly scale: ArrayLike<number>;
  /** normalised inputs are clipped to this size: a sentinel that slipped through cannot drive a network to infinity */
  readonly reach: number;
}

/**
 * Calibrated standard error = sqrt(floor^2 + (gain * spread)^2), all in the label's unit: `floor` is what the
 * ensemble cannot know of itself, `gain` mends a spread that is too small or too large.
 */
export interface Calibration {
  readonly floor: number;
  readonly gain: number;
}

/** What a network's output of order one means. */
export interface LabelScale {
  readonly name: string;
  /** in the label's unit */
  readonly mean: number;
  /** in the label's unit, positive */
  readonly scale: number;
}
