import type { Refusal, UnpredictedReason } from "../catalogue/refusals";

/** One label of one star. */
export interface LabelPrediction {
  /** teff, logg, feh, mh, alphaM, ... */
  readonly label: string;
  /** [K] or [dex], as the manifest says */
  readonly unit: string;
  readonly value: number;
  /** one standard deviation, in the label's unit */
  readonly uncertainty: number;
  /** bits of PREDICTION_FLAGS */
  readonly flags: number;
}

/** Which class a star belongs to, of one classification. */
export interface ClassPrediction {
  /** of the classification: variableType */
  readonly name: string;
  /** the most probable class */
  readonly value: string;
  readonly probability: number;
  /** of each class, in the manifest's order; they add up to 1 */
  readonly probabilities: readonly number[];
  /** bits of PREDICTION_FLAGS */
  readonly flags: number;
}

/** One vector of one star: an embedding. */
export interface VectorPrediction {
  readonly name: string;
  readonly values: readonly number[];
  /** bits of PREDICTION_FLAGS */
  readonly flags: number;
}

/** The prediction of a model version for one star. */
export interface StarPrediction {
  /** In the manifest's order; labels without an answer are left out. */
  readonly labels: readonly LabelPrediction[];
  /** In the manifest's order; classifications without an answer are left out. */
  readonly classes: readonly ClassPrediction[];
  /** In the manifest's order; vectors without an answer are left out. */
  readonly vectors: readonly VectorPrediction[];
  /** Why there is no answer at all; null where there is one. */
  readonly unpredicted: UnpredictedReason | null;
  /** Why the observation cannot be used; null where it can, and where there is none. */
  readonly refusal: Refusal | null;
  /** Bits of PREDICTION_FLAGS, of the inputs and of all answers. */
  readonly flags: number;
  /** Names of the inputs that were missing and were filled. */
  readonly inputsMissing: readonly string[];
  /** Names of the inputs outside the limits of the training stars. */
  readonly inputsOutsideLimits: readonly string[];
}

/** What is known of a star before any answer. */
export type Judged = Pick<StarPrediction, "flags" | "inputsMissing" | "inputsOutsideLimits">;

/** A star without any answer. */
export const unanswered = (judged: Judged, unpredicted: UnpredictedReason): StarPrediction => ({
  ...judged,
  ...{ labels: [], classes: [], vectors: [], refusal: null },
  unpredicted,
});

const UNJUDGED: Judged = { flags: 0, inputsMissing: [], inputsOutsideLimits: [] };

/** @param refusal why the star's observation cannot be used; null: there is none */
export const refused = (refusal: Refusal | null): StarPrediction => ({ ...unanswered(UNJUDGED, "no-input"), refusal });
