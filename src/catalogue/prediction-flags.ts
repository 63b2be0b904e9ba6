interface Flag {
  readonly bit: number;
  /** for people: API, exports and docs say the same */
  readonly description: string;
}

/** Why a prediction may be unreliable: every flag with its bit in `predicted_label.flags`. The one list of them. */
export const PREDICTION_FLAG_LIST = {
  INPUT_MISSING: { bit: 1, description: "at least one input was missing and was filled" },
  INPUT_OUTSIDE_LIMITS: { bit: 2, description: "at least one input lies outside the limits of the training stars" },
  LABEL_EXTRAPOLATED: { bit: 4, description: "the predicted value lies outside the labels of the training stars" },
  FEW_POINTS: { bit: 8, description: "fewer than 20 points of the light curve could be used" },
  PHASE_GAP: { bit: 16, description: "more than a quarter of the light curve's cycle was never observed" },
  POINTS_LEFT_OUT: { bit: 32, description: "points of the light curve were left out: no measurements, or there twice" },
  PERIOD_DOUBTFUL: { bit: 64, description: "the period was searched for and may be another one, or it folds the points to no curve" },
  SYNTHETIC_MODEL: { bit: 128, description: "the star is real, and the model was trained on a synthetic sky: no measurement" },
} as const satisfies Record<string, Flag>;

export type PredictionFlag = keyof typeof PREDICTION_FLAG_LIST;

export const PREDICTION_FLAG_NAMES = Object.keys(PREDICTION_FLAG_LIST) as readonly PredictionFlag[];

type Bits = { readonly [name in PredictionFlag]: (typeof PREDICTION_FLAG_LIST)[name]["bit"] };

/** The flags' bits by name. */
export const PREDICTION_FLAGS = Object.fromEntries(PREDICTION_FLAG_NAMES.map((name) => [name, PREDICTION_FLAG_LIST[name].bit])) as Bits;

/** @returns the names of the bits that are set */
export function flagNames(flags: number): PredictionFlag[] {
  return PREDICTION_FLAG_NAMES.filter((name) => flags & PREDICTION_FLAGS[name]);
}

/** @returns the bits of the names */
export const flagBits = (names: readonly PredictionFlag[]): number => names.reduce((bits, name) => bits | PREDICTION_FLAGS[name], 0);
