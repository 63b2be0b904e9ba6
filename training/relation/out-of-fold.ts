import { setImmediate as nextTurn } from "node:timers/promises";
import { AppError } from "../../src/errors";
import { ONE_SIGMA, quantile } from "../../src/science/statistics";
import type { Watch } from "../recipes/recipe";
import { fitRelation } from "./fit-relation";
import { predictRelation, type RelationPrediction } from "./predict-relation";
import type { RelationPlan } from "./relation-plan";
import type { RelationSample } from "./relation-sample";
import { labelledOf, measurementsOf } from "./select-measurements";

/** A fold's fit is for its moments alone: 300 draws know a mean to a seventeenth of the posterior's width. */
const FOLD_SAMPLER = { chains: 2, warmup: 150, draws: 150 } as const;

/**
 * Predicts each fold's stars by a relation fitted on all the others, population included.
 *
 * @throws AppError INTERRUPTED between two folds, where a part of the stars would be all that is scored
 */
export async function predictOutOfFold(plan: RelationPlan, { onProgress, interrupt }: Watch): Promise<RelationPrediction> {
  const { sample, places, terms, prior, sampler } = plan;
  const value = new Float64Array(sample.ids.length);
  const error = new Float64Array(sample.ids.length);
  const all = Int32Array.from(sample.ids.keys());
  for (let fold = 0; fold < sample.folds; fold++) {
    const held = all.filter((row) => sample.fold[row] === fold);
    const others = all.filter((row) => sample.fold[row] !== fold);
    const { relation } = fitRelation(labelledOf(sample, places, others), terms, prior, { ...sampler, ...FOLD_SAMPLER });
    const predicted = predictRelation(relation, measurementsOf(sample, places, held));
    held.forEach((row, star) => {
      value[row] = predicted.value[star];
      error[row] = predicted.error[star];
    });
    onProgress?.(fold + 1, sample.folds + 1, `fold ${fold + 1} of ${sample.folds}`);
    await nextTurn(); // signals and the progress bar get their turn here
    if (interrupt?.aborted) throw new AppError("INTERRUPTED", `Stopped after ${fold + 1} of ${sample.folds} folds; nothing is registered.`);
  }
  return { value, error };
}

/** @returns what stated errors are to be multiplied with, so that they cover 68% of the stars */
export function coveringGain(predicted: RelationPrediction, feh: Float64Array, rows: Int32Array): number {
  return quantile(
    Float64Array.from(rows, (row) => Math.abs(predicted.value[row] - feh[row]) / predicted.error[row]),
    ONE_SIGMA,
  );
}

/** @returns the errors of each fold's stars, multiplied with what the other folds' stars say: no star calibrates its own */
export function calibratedOutOfFold(predicted: RelationPrediction, { feh, fold, folds, ids }: RelationSample): Float64Array {
  const all = Int32Array.from(ids.keys());
  const gains = Array.from({ length: folds }, (_, held) =>
    coveringGain(
      predicted,
      feh,
      all.filter((row) => fold[row] !== held),
    ),
  );
  return predicted.error.map((error, row) => gains[fold[row]] * error);
}
