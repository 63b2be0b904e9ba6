import { calibrate, statedErrors } from "../../fit/calibration";
import type { Calibration } from "../../fit/scales";
import { boostInputs, type Parting, partings } from "./boosted-sample";
import { Booster, type BoostParameters } from "./booster";
import { allRows } from "./cross-validate";
import type { Tree } from "./tree";
import type { Boosting } from "./tune";

/** Residuals tell little each: shallow trees, large leaves. */
const PARAMETERS: BoostParameters = {
  objective: "reg:squarederror",
  eta: 0.05,
  max_depth: 3,
  min_child_weight: 50,
  subsample: 0.6,
  colsample_bytree: 0.6,
  lambda: 5,
};
const ROUNDS = 150;
/** Of order one. The logarithm of a residual that happens to be next to nothing says nothing of the star. */
const LEAST_RESIDUAL = 0.02;

export interface ErrorFit {
  /** their sum is the natural logarithm of a typical residual of order one, before calibration */
  readonly logError: readonly Tree[];
  /** in the label's unit */
  readonly calibration: Calibration;
  /** [stars] the error that is stated for each star by a fit and a calibration on the other folds, in the label's unit */
  readonly outOfFold: Float64Array;
}

/** @returns the trees, and the typical residual of order one that they give for the held rows */
function fitLogError({ library, sample }: Boosting, residuals: Float32Array, { train, held }: Parting, seed: number) {
  const label = Float32Array.from(train, (row) => Math.log(Math.max(LEAST_RESIDUAL, Math.abs(residuals[row]!))));
  const stars = { ...boostInputs(sample, train, new Float32Array(train.length)), label };
  const booster = Booster.train(library, stars, { ...PARAMETERS, seed }, ROUNDS);
  const typical = booster.predict(boostInputs(sample, held, new Float32Array(held.length))).map(Math.exp);
  const trees = booster.trees();
  booster.free();
  return { trees, typical };
}

/**
 * Learns how far a star is missed from how far others like it were: a light curve of many good points is missed by half
 * as much as one of few. Then calibrates, so that 68% of the stars lie within their stated error.
 *
 * @param residuals [stars] of out-of-fold predictions, of order one
 * @param scale of the label, in its unit
 */
export function fitErrors(boosting: Boosting, residuals: Float32Array, scale: number, seed: number): ErrorFit {
  const rows = allRows(boosting);
  const parts = partings(boosting.sample, rows);
  const spreads = new Float64Array(rows.length);
  for (const part of parts) {
    const { typical } = fitLogError(boosting, residuals, part, seed);
    part.held.forEach((row, index) => {
      spreads[row] = scale * typical[index]!;
    });
  }
  const heldOut = (chosen: Int32Array) => ({
    residuals: Float64Array.from(chosen, (row) => scale * residuals[row]!),
    spreads: Float64Array.from(chosen, (row) => spreads[row]!),
  });
  const outOfFold = new Float64Array(rows.length);
  for (const { train, held } of parts) {
    const stated = statedErrors(heldOut(held).spreads, calibrate(heldOut(train)));
    held.forEach((row, index) => {
      outOfFold[row] = stated[index]!;
    });
  }
  const { trees } = fitLogError(boosting, residuals, { train: rows, held: rows }, seed);
  return { logError: trees, calibration: calibrate(heldOut(rows)), outOfFold };
}
