import { partings } from "./boosted-sample";
import { fitEnsemble } from "./fit-ensemble";
import type { TreeSettings } from "./tree-settings";
import { type Boosting, tune } from "./tune";

/** @returns the settings of each start, chosen by cross-validation within the rows */
async function tuneStarts(boosting: Boosting, rows: Int32Array, seed: number): Promise<TreeSettings[]> {
  return [await tune(boosting, "mean", rows, seed), await tune(boosting, "quadratic", rows, seed)];
}

/** [stars] All rows of the sample. */
export const allRows = ({ sample }: Boosting): Int32Array => Int32Array.from(sample.label.keys());

/**
 * Predicts each fold by an ensemble that is fitted on the others.
 *
 * @param settingsFor the settings for a fit on these rows: those chosen once for all, or chosen within the rows, where
 * the scored fold then has no part in the choice either
 * @returns [stars] of order one
 */
async function predictOutOfFold(
  boosting: Boosting,
  settingsFor: (train: Int32Array) => Promise<readonly TreeSettings[]>,
  seed: number,
): Promise<Float32Array> {
  const predicted = new Float32Array(boosting.sample.label.length);
  for (const rows of partings(boosting.sample, allRows(boosting))) {
    const fit = await fitEnsemble(boosting, await settingsFor(rows.train), rows, seed);
    rows.held.forEach((row, index) => {
      predicted[row] = fit.predicted[index]!;
    });
  }
  return predicted;
}

/** What is said of each star by members that never saw it, by two protocols. */
export interface CrossValidation {
  /** chosen by all folds */
  readonly settings: readonly TreeSettings[];
  /** [stars] of order one, with those settings */
  readonly plain: Float32Array;
  /** [stars] of order one, with settings chosen by the other folds alone */
  readonly nested: Float32Array;
}

export async function crossValidate(boosting: Boosting, seed: number): Promise<CrossValidation> {
  const settings = await tuneStarts(boosting, allRows(boosting), seed);
  const plain = await predictOutOfFold(boosting, async () => settings, seed);
  return { settings, plain, nested: await predictOutOfFold(boosting, (train) => tuneStarts(boosting, train, seed), seed) };
}
