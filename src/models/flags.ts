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

/** What each flag says of a prediction: in the API's schema, and in the files that hold the bits. */
export const PREDICTION_FLAG_MEANINGS: Readonly<Record<PredictionFlag, string>> = {
  INPUT_MISSING: "at least one input was missing and was filled",
  INPUT_OUTSIDE_LIMITS: "at least one input lies outside the limits of the training stars",
  LABEL_EXTRAPOLATED: "the predicted value lies outside the labels of the training stars",
  FEW_POINTS: "fewer than 20 points of the light curve could be used",
  PHASE_GAP: "more than a quarter of the light curve's cycle was never observed",
  POINTS_LEFT_OUT: "points of the light curve were left out: no measurements, or there twice",
  PERIOD_DOUBTFUL: "the period was searched for and may be another one, or it folds the points to no curve",
};

/** The bits and their meanings as one text: `1 INPUT_MISSING (...), 2 ...`. */
export const PREDICTION_FLAG_BITS: string = (Object.keys(PREDICTION_FLAGS) as PredictionFlag[])
  .map((name) => `${PREDICTION_FLAGS[name]} ${name} (${PREDICTION_FLAG_MEANINGS[name]})`)
  .join(", ");

/** @returns the names of the bits that are set */
export function flagNames(flags: number): PredictionFlag[] {
  return (Object.keys(PREDICTION_FLAGS) as PredictionFlag[]).filter((name) => flags & PREDICTION_FLAGS[name]);
}
