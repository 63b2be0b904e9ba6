/** Why a star has no prediction: every reason by the name that is stored in `unpredicted_star`. The one list of them. */
export const UNPREDICTED_REASONS = {
  "no-input": "no input is known",
  "not-finite": "no output was a number",
  "prior-only": "so little is known of the star that the answer would be the mean of the training sample",
  "outside-training": "the star lies far outside the training sample",
} as const satisfies Record<string, string>;

export type UnpredictedReason = keyof typeof UNPREDICTED_REASONS;

/** Why an observation of a star cannot be used, whatever the model. The one list of them. */
export const REFUSALS = {
  NO_POINTS: "not one point has a finite time or phase and a magnitude, or a positive flux",
  TOO_FEW_POINTS: "fewer than 8 usable points",
  PHASE_GAP_TOO_LARGE: "more than 60% of the cycle was never observed",
  NO_VARIATION: "the magnitudes are all the same",
  PERIOD_MISSING: "no period can be found from phases: give `period`",
  PERIOD_IMPOSSIBLE: "the period is impossible for an RR Lyrae star: not 0.1 to 1.5 d",
  PERIOD_NOT_FOUND: "no period was found: give `period`, or at least 12 points with times in days",
  OTHER_MODE: "the star does not pulsate in the mode that the model was trained on",
} as const satisfies Record<string, string>;

export type Refusal = keyof typeof REFUSALS;
