/** Why a prediction deserves doubt. Kept as bits in predicted_label.flags. */
export const PREDICTION_FLAGS = {
  /** At least one input was missing and was filled. */
  INPUT_MISSING: 1,
  /** At least one input lies outside the limits of the training stars. */
  INPUT_OUTSIDE_LIMITS: 2,
  /** The predicted label lies outside the labels of the training stars. */
  LABEL_EXTRAPOLATED: 4,
  /** Of a light curve: fewer than 20 points could be used. */
  FEW_POINTS: 8,
  /** Of a light curve: more than a quarter of the cycle was never observed. */
  PHASE_GAP: 16,
  /** Of a light curve: points were left out that are no measurements, or that came twice. */
  POINTS_LEFT_OUT: 32,
  /** Of a light curve: the period was searched for and may be another one, or it folds the points to no curve. */
  PERIOD_DOUBTFUL: 64,
} as const;

export type PredictionFlag = keyof typeof PREDICTION_FLAGS;

/** @returns the names of the bits that are set */
export function flagNames(flags: number): PredictionFlag[] {
  return (Object.keys(PREDICTION_FLAGS) as PredictionFlag[]).filter((name) => flags & PREDICTION_FLAGS[name]);
}
