/** Why a prediction deserves doubt. Kept as bits in predicted_label.flags. */
export const PREDICTION_FLAGS = {
  /** At least one input was missing and was filled. */
  INPUT_MISSING: 1,
  /** At least one input lies outside the limits of the training stars. */
  INPUT_OUTSIDE_LIMITS: 2,
  /** The predicted label lies outside the labels of the training stars. */
  LABEL_EXTRAPOLATED: 4,
} as const;

export type PredictionFlag = keyof typeof PREDICTION_FLAGS;

/** @returns the names of the bits that are set */
export function flagNames(flags: number): PredictionFlag[] {
  return (Object.keys(PREDICTION_FLAGS) as PredictionFlag[]).filter((name) => flags & PREDICTION_FLAGS[name]);
}
