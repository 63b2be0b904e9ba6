import { flagList } from "../science/flags";

/** Why a prediction may be unreliable: every flag with its bit in `predicted_label.flags`. The one list of them. */
const FLAGS = flagList({
  INPUT_MISSING: { bit: 1, description: "at least one input was missing and was filled" },
  INPUT_OUTSIDE_LIMITS: { bit: 2, description: "at least one input lies outside the limits of the training stars" },
  LABEL_EXTRAPOLATED: { bit: 4, description: "the predicted value lies outside the labels of the training stars" },
  FEW_POINTS: { bit: 8, description: "fewer than 20 points of the light curve could be used" },
  PHASE_GAP: { bit: 16, description: "more than a quarter of the light curve's cycle was never observed" },
  POINTS_LEFT_OUT: { bit: 32, description: "points of the light curve were left out: no measurements, or there twice" },
  PERIOD_DOUBTFUL: { bit: 64, description: "the period was searched for and may be another one, or it folds the points to no curve" },
  SYNTHETIC_MODEL: {
    bit: 128,
    description: "the model was trained on a synthetic sky, and the star is not known to be of one: no measurement",
  },
});

/** The flags' bits by name. */
export const PREDICTION_FLAGS = FLAGS.bits;

export type PredictionFlag = keyof typeof PREDICTION_FLAGS;

/** What each flag says of a prediction: in the API's schema, and in the files that hold the bits. */
export const PREDICTION_FLAG_MEANINGS = FLAGS.meanings;

/** The bits and their meanings as one text: `1 INPUT_MISSING (...), 2 ...`. */
export const PREDICTION_FLAG_BITS = FLAGS.bitsText;

/** @returns the names of the bits that are set */
export const flagNames = FLAGS.names;

/** @returns the bits of the names */
export const flagBits = (names: readonly PredictionFlag[]): number => names.reduce((bits, name) => bits | PREDICTION_FLAGS[name], 0);
