import { CrossValidatedError } from "./cross-validated-error";
import { correlation, partialCorrelation } from "./f-test";
import type { FeatureSample } from "./feature-sample";
import { type FeatureScore, type FeatureTable, scoreFeatures, selectKBest } from "./select-k-best";
import { chosenBy, type SelectionStep, selectBackward, selectForward } from "./sequential-selection";

/** What four methods say of the features of one sample. */
export interface FeatureSelection {
  readonly scores: readonly FeatureScore[];
  readonly forward: readonly SelectionStep[];
  readonly backward: readonly SelectionStep[];
  /** the features each method takes */
  readonly chosen: readonly Choice[];
}

export interface Choice {
  readonly method: "F-test" | "mutual information" | "forward" | "backward";
  readonly features: readonly string[];
  /** cross-validated, of a linear relation on them [dex] */
  readonly rmse: number;
  /** of each published feature that is not among them, why it may be */
  readonly absences: readonly string[];
}

/** Muraveva et al. 2025 (arXiv:2407.05815): P and phi31 for RRab; P, phi31 and A2 for RRc. */
export const PUBLISHED = { RRab: ["period", "phi31"], RRc: ["period", "phi31", "A2"] } as const;

const two = (value: number) => value.toFixed(2).replace("-", "\u2212");

/** Why a published feature may be passed over: it tells little by itself but much beside another, or a chosen one carries the same. */
function explain(missing: string, chosen: readonly string[], { names, columns, label }: FeatureTable): string {
  const column = (name: string) => columns[names.indexOf(name)]!;
  const r = (name: string) => correlation(column(name), column(missing));
  const alone = correlation(column(missing), label);
  const beside = partialCorrelation(column(missing), label, column(chosen[0]!));
  const twin = chosen.reduce((closest, name) => (Math.abs(r(name)) > Math.abs(r(closest)) ? name : closest));
  return `${missing}: r = ${two(alone)} with [Fe/H] alone, ${two(beside)} beside ${chosen[0]}; of those chosen ${twin} is nearest to it, r = ${two(r(twin))}`;
}

/**
 * Chooses k features by four methods: the F-test and mutual information, which look at one feature at a time, and
 * forward and backward selection, which look at what each adds to the others (scikit-learn's SelectKBest and
 * SequentialFeatureSelector).
 */
export function selectFeatures({ table, fold, folds, type }: FeatureSample, k: number): FeatureSelection {
  const { names } = table;
  const error = new CrossValidatedError(table, fold, folds);
  const scores = scoreFeatures(table);
  const forward = selectForward(names, error);
  const backward = selectBackward(names, error);
  const choices: [Choice["method"], readonly string[]][] = [
    ["F-test", selectKBest(scores, k, "f")],
    ["mutual information", selectKBest(scores, k, "mutualInformation")],
    ["forward", chosenBy("forward", forward, names, k)],
    ["backward", chosenBy("backward", backward, names, k)],
  ];
  const chosen = choices.map(
    ([method, features]): Choice => ({
      method,
      features,
      rmse: error.rmse(features.map((name) => names.indexOf(name))),
      absences: PUBLISHED[type].filter((name) => !features.includes(name)).map((name) => explain(name, features, table)),
    }),
  );
  return { scores, forward, backward, chosen };
}
