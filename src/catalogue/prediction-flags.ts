interface Flag {
  readonly bit: number;
  /** for people: API, exports and docs say the same */
  readonly description: string;
}

/** Why a prediction may be unreliable: every flag with its bit in `predicted_label.flags`. The one list of them. */
const FLAGS = {
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
} as const satisfies Record<string, Flag>;

export type PredictionFlag = keyof typeof FLAGS;

const NAMES = Object.keys(FLAGS) as readonly PredictionFlag[];

/** The flags' bits by name. */
export const PREDICTION_FLAGS = Object.fromEntries(NAMES.map((name) => [name, FLAGS[name].bit])) as {
  readonly [name in PredictionFlag]: (typeof FLAGS)[name]["bit"];
};

/** What each flag says of a prediction: in the API's schema, and in the files that hold the bits. */
export const PREDICTION_FLAG_MEANINGS = Object.fromEntries(NAMES.map((name) => [name, FLAGS[name].description])) as Readonly<
  Record<PredictionFlag, string>
>;

/** The bits and their meanings as one text: `1 INPUT_MISSING (...), 2 ...`. */
export const PREDICTION_FLAG_BITS: string = NAMES.map((name) => `${FLAGS[name].bit} ${name} (${FLAGS[name].description})`).join(", ");

/** @returns the names of the bits that are set */
export function flagNames(flags: number): PredictionFlag[] {
  return NAMES.filter((name) => flags & PREDICTION_FLAGS[name]);
}

/** @returns the bits of the names */
export const flagBits = (names: readonly PredictionFlag[]): number => names.reduce((bits, name) => bits | PREDICTION_FLAGS[name], 0);
