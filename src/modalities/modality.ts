import type { PredictionFlag } from "../catalogue/prediction-flags";
import type { Refusal } from "../catalogue/refusals";
import type { Release } from "../catalogue/release";
import type { Queries } from "../database/database";
import type { Input } from "../features/feature-set";

/** What a model version looks at, as its manifest says. */
export interface Looked {
  readonly featureSet: { readonly name: string; readonly inputs: readonly Input[] };
  /** raw columns that the artifact takes by name; absent where it takes the feature set's inputs */
  readonly columns?: readonly Input[];
  /** the feature set that shows an unusual observation, where the inputs do not */
  readonly shape?: { readonly featureSet: { readonly name: string } };
}

/** An observation that a model can be asked about, with what deserves doubt; or why it cannot. */
export type Prepared<Ready = unknown> =
  | {
      readonly refusal: null;
      readonly doubts: readonly PredictionFlag[];
      /** what the artifact is fed of this star, NaN where missing */
      readonly inputs: ArrayLike<number>;
      /** values of the feature set that shows an unusual observation; null where the inputs do */
      readonly shape: Float32Array | null;
      /** what the observation became, for whoever shows it */
      readonly ready: Ready;
    }
  | { readonly refusal: Refusal };

/** A modality, as one version uses it. */
export interface Looking<Observed = unknown, Ready = unknown> {
  /** inputs that this code computes; for a model, inputs with the same names and units are the same inputs */
  readonly inputs: readonly Input[];
  /** numbers that the artifact is fed of one star */
  readonly width: number;
  /** The one place where an observation is doubted or refused. Never throws for an observation, however odd. */
  prepare(observed: Observed): Prepared<Ready>;
  /** [ms] what `prepare` takes */
  costMs(observed: Observed): number;
}

/** Observations that the catalogue holds. */
export interface StoredObservations<Observed> {
  /** SQL: a relation `s` (release, source_id) of the stars that have an observation */
  readonly stars: string;
  /** SQL: tables that the relation reads, whose statistics a backfill brings up to date */
  readonly tables: readonly string[];
  /** stars of one transaction of a backfill: a second's work */
  readonly rangeSize: number;
  /**
   * @returns one observation per id, in order; null if the release has none
   * @throws AppError BAD_INPUT if the catalogue does not hold what the version reads
   */
  read(queries: Queries, release: Release, sourceIds: readonly bigint[], looked: Looked): Promise<(Observed | null)[]>;
}

/** What a model looks at: stellar values, a light curve, ... Every door to predictions goes through this interface. */
export interface Modality<Observed = unknown, Ready = unknown> {
  /** as manifests name it */
  readonly name: string;
  /** in words: light curves in G */
  readonly takes: string;
  /** in words: how a user gets a prediction where the door is the wrong one */
  readonly advice: string;
  /** names of the feature sets that are computed from it */
  readonly featureSets: readonly string[];
  /** null where the catalogue holds no such observations */
  readonly stored: StoredObservations<Observed> | null;
  /** @returns raw values that an observation consists of, where they are given by name; else null */
  columns(looked: Looked): readonly Input[] | null;
  /** @throws AppError NOT_FOUND if there is no such feature set */
  open(looked: Looked): Looking<Observed, Ready>;
}
