import { setImmediate as nextTurn } from "node:timers/promises";
import { AppError } from "../../../src/errors";
import { calibrate, type HeldOut, statedErrors } from "../../fit/calibration";
import type { Calibration } from "../../fit/scales";
import type { Watch } from "../../recipe";
import { fitRelation } from "./fit-relation";
import { predictRelation, type RelationPrediction } from "./predict-relation";
import type { RelationPlan } from "./relation-plan";
import type { RelationSample } from "./relation-sample";
import { labelledOf, measurementsOf } from "./select-measurements";

/** A fold's fit is for its moments alone: 300 draws know a mean to a seventeenth of the posterior's width. */
const FOLD_SAMPLER = { chains: 2, warmup: 150, draws: 150 } as const;

/** What fits without a star say of it. */
export type OutOfFold = Pick<RelationPrediction, "value" | "spread">;

/**
 * Predicts each fold's stars by a relation fitted on all the others, population included.
 *
 * @throws AppError INTERRUPTED between two folds, where a part of the stars would be all that is scored
 */
export async function predictOutOfFold(plan: RelationPlan, { onProgress, interrupt }: Watch): Promise<OutOfFold> {
  const { sample, places, terms, prior, sampler } = plan;
  const value = new Float64Array(sample.ids.length);
  const spread = new Float64Array(sample.ids.length);
  const all = Int32Array.from(sample.ids.keys());
  for (let fold = 0; fold < sample.folds; fold++) {
    const held = all.filter((row) => sample.fold[row] === fold);
    const others = all.filter((row) => sample.fold[row] !== fold);
    const { relation } = fitRelation(labelledOf(sample, places, others), terms, prior, { ...sampler, ...FOLD_SAMPLER });
    const predicted = predictRelation(relation, measurementsOf(sample, places, held));
    held.forEach((row, star) => {
      value[row] = predicted.value[star]!;
      spread[row] = predicted.spread[star]!;
    });
    onProgress?.(fold + 1, sample.folds + 1, `fold ${fold + 1} of ${sample.folds}`);
    await nextTurn(); // signals and the progress bar get their turn here
    if (interrupt?.aborted) throw new AppError("INTERRUPTED", `Stopped after ${fold + 1} of ${sample.folds} folds; nothing is registered.`);
  }
  return { value, spread };
}

/** What calibrates a stated error, of some of the stars. */
function heldOut({ value, spread }: OutOfFold, feh: Float64Array, rows: Int32Array): HeldOut {
  return {
    residuals: Float64Array.from(rows, (row) => value[row]! - feh[row]!),
    spreads: Float64Array.from(rows, (row) => spread[row]!),
  };
}

/** By all stars: what the registered relation states. Its floor is about the intrinsic scatter. */
export function calibrateRelation(predicted: OutOfFold, { feh, ids }: RelationSample): Calibration {
  return calibrate(heldOut(predicted, feh, Int32Array.from(ids.keys())));
}

/** @returns the errors stated of each fold's stars by what the other folds' stars say: no star calibrates its own */
export function errorsOutOfFold(predicted: OutOfFold, { feh, fold, folds, ids }: RelationSample): Float64Array {
  const all = Int32Array.from(ids.keys());
  const calibrations = Array.from({ length: folds }, (_, part) => {
    const others = all.filter((row) => fold[row] !== part);
    return calibrate(heldOut(predicted, feh, others));
  });
  return predicted.spread.map((spread, row) => statedErrors(Float64Array.of(spread), calibrations[fold[row]!]!)[0]!);
}
