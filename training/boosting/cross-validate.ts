import { partings } from "./boosted-sample";
import { fitEnsemble } from "./fit-ensemble";
import type { TreeSettings } from "./tree-settings";
import { type Boosting, tune } from "./tune";

/** @returns the settings of each start, chosen by cross-validation within the rows */
export async function tuneStarts(boosting: Boosting, rows: Int32Array, seed: number): Promise<TreeSettings[]> {
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
export async function predictOutOfFold(
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
