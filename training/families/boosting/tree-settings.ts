import type { BoostedSample } from "./boosted-sample";
import type { QuadraticRelation } from "./boosted-trees";
import type { BoostParameters } from "./booster";
import { fitQuadratic, noRelation } from "./quadratic-relation";

/** What trees begin with: the label's mean, or a relation that is quadratic in the features. */
export type Start = "mean" | "quadratic";

/** What is chosen by cross-validation. */
export interface TreeSettings {
  readonly start: Start;
  /** whether the features whose sense is known must keep it */
  readonly monotone: boolean;
  readonly depth: number;
  readonly rounds: number;
}

/** [columns] -1 if the label may only fall with the feature, 1 if it may only rise, 0 otherwise. */
export type Senses = readonly (-1 | 0 | 1)[];

/**
 * Slow learning on a part of the stars and features each round, and no leaf of fewer than 20 stars: labels and
 * features are noisy, and there are some thousands of stars.
 */
const COMMON: BoostParameters = {
  objective: "reg:squarederror",
  eta: 0.05,
  min_child_weight: 20,
  subsample: 0.6,
  colsample_bytree: 0.5,
  lambda: 5,
};

/** @returns XGBoost's own parameters */
export function parametersOf({ depth, monotone }: Omit<TreeSettings, "rounds">, senses: Senses, seed: number): BoostParameters {
  return { ...COMMON, max_depth: depth, seed, ...(monotone ? { monotone_constraints: `(${senses.join(",")})` } : {}) };
}

/** @returns what the trees add to, as the rows tell it */
export function fitStart(start: Start, sample: BoostedSample, rows: Int32Array): QuadraticRelation {
  return start === "quadratic" ? fitQuadratic(sample, rows) : noRelation(sample.columns);
}
