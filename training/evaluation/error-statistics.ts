import type { ErrorStatistics } from "../../src/models/registry/error-statistics";
import { mean, median, rootMeanSquare, standardDeviation } from "../../src/science/statistics";

/**
 * One label of the stars that are evaluated: arrays of one length, in one order, in the label's unit. NaN: the
 * star has no such reference, or no such earlier estimate.
 */
export interface LabelPredictions {
  /** our name: teff */
  readonly name: string;
  /** what the training table calls it: Teff */
  readonly column: string;
  /** `K`, `dex` */
  readonly unit: string;
  readonly reference: Float64Array;
  readonly predicted: Float64Array;
  /** stated standard error of each prediction */
  readonly error: Float64Array;
  /** the estimate to beat, before the model: Gaia GSP-Phot, or the mean label of the training stars */
  readonly before: Float64Array;
}

/** The tables' row of one label. */
export interface LabelEvaluation {
  readonly name: string;
  readonly column: string;
  readonly unit: string;
  readonly after: ErrorStatistics;
  readonly before: ErrorStatistics;
  /** RMSE after / before, over the stars that have both: a model that leaves out hard stars is not the better for it */
  readonly ratio: number;
  /** fraction of stars whose prediction lies within one stated standard error; 0.683 where errors are Gaussian and true */
  readonly coverage: number;
  /** fraction of stars within two stated standard errors; 0.954 where errors are Gaussian and true */
  readonly coverageTwo: number;
  /** 1 - sum of squared errors / sum of squared deviations of the references from their mean: the share of their variance that is predicted */
  readonly r2: number;
}

/** @returns estimate - reference, of the stars that have both */
export function residuals(estimate: Float64Array, reference: Float64Array): Float64Array {
  return estimate.map((value, star) => value - reference[star]!).filter((residual) => !Number.isNaN(residual));
}

function determination({ predicted, reference }: LabelPredictions): number {
  const known = reference.filter((value, star) => !Number.isNaN(predicted[star]! - value));
  return 1 - (rootMeanSquare(residuals(predicted, reference)) / standardDeviation(known)) ** 2;
}

function ratioOf({ predicted, before, reference }: LabelPredictions): number {
  const both = reference.map((value, star) => (Number.isNaN(predicted[star]! + before[star]!) ? Number.NaN : value));
  return rootMeanSquare(residuals(predicted, both)) / rootMeanSquare(residuals(before, both));
}

/** Both deviations are taken about the reference, not about the centre of the residuals: a bias counts. */
export function errorStatistics(errors: Float64Array): ErrorStatistics {
  const absolute = errors.map(Math.abs);
  return {
    stars: errors.length,
    mean: mean(errors),
    median: median(errors),
    sigma: standardDeviation(errors),
    meanAbsoluteDeviation: mean(absolute),
    medianAbsoluteDeviation: median(absolute),
    rmse: rootMeanSquare(errors),
  };
}

/**
 * @param sigmas how many stated standard errors count as covered
 * @returns the fraction of stars with |predicted - reference| <= sigmas * error
 */
export function coverage({ predicted, reference, error }: LabelPredictions, sigmas = 1): number {
  let stars = 0;
  let covered = 0;
  for (let star = 0; star < reference.length; star++) {
    const residual = Math.abs(predicted[star]! - reference[star]!);
    if (Number.isNaN(residual)) continue;
    stars++;
    if (residual <= sigmas * error[star]!) covered++;
  }
  return covered / stars;
}

export function evaluateLabel(label: LabelPredictions): LabelEvaluation {
  const { name, column, unit, reference } = label;
  return {
    name,
    column,
    unit,
    after: errorStatistics(residuals(label.predicted, reference)),
    before: errorStatistics(residuals(label.before, reference)),
    ratio: ratioOf(label),
    coverage: coverage(label),
    coverageTwo: coverage(label, 2),
    r2: determination(label),
  };
}

/** Mean over the labels of RMSE after / before: lower is better. */
export function rmseRatio(evaluations: readonly LabelEvaluation[]): number {
  return evaluations.reduce((sum, { ratio }) => sum + ratio, 0) / evaluations.length;
}
