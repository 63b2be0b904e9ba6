/** Why a prediction may be unreliable. Stored as bits in predicted_label.flags. */
export const PREDICTION_FLAGS = {
  /** At least one input was missing and was filled. */
  INPUT_MISSING: 1,
  /** At least one input lies outside the limits of the training stars. */
  INPUT_OUTSIDE_LIMITS: 2,
  /** The predicted label lies outside the range of the training labels. */
  LABEL_EXTRAPOLATED: 4,
  /** Light curve: fewer than 20 usable points. */
  FEW_POINTS: 8,
  /** Light curve: more than a quarter of the cycle was never observed. */
  PHASE_GAP: 16,
  /** Light curve: some points were left out, because they are not measurements or are repeated. */
  POINTS_LEFT_OUT: 32,
  /** Light curve: the period was searched for and may be wrong, or it does not fold the points to a curve. */
  PERIOD_DOUBTFUL: 64,
} as const;

export type PredictionFlag = keyof typeof PREDICTION_FLAGS;

/** @returns the names of the bits that are set */
export function flagNames(flags: number): PredictionFlag[] {
  return (Object.keys(PREDICTION_FLAGS) as PredictionFlag[]).filter((name) => flags & PREDICTION_FLAGS[name]);
}
