import { rootMeanSquare } from "../../src/science/statistics";
import { gatherRows } from "../datasets/gather-rows";
import type { CrossFit } from "./cross-fit";
import { coverage, emitError, fitErrorModel } from "./error-model";
import type { Answered } from "./error-terms";
import { errorsOutOfFold } from "./errors-out-of-fold";
import type { FittedQuantity } from "./fit-plan";
import type { FitSample } from "./fit-sample";
import type { LabelScale } from "./scales";
import { emitStackedQuantity, type StackedQuantity, stackQuantities } from "./stack";

const take = (values: Float64Array, rows: Int32Array) => Float64Array.from(rows, (row) => values[row]!);

/** @returns what is said of the rows, as the error model takes it */
function answeredRows({ value, variance }: StackedQuantity, { conditions, conditionNames }: FitSample, rows: Int32Array): Answered {
  const conditionCount = conditionNames.length;
  return {
    value: take(value, rows),
    variance: variance === null ? null : take(variance, rows),
    conditions: gatherRows(conditions, conditionCount, rows),
    conditionCount,
  };
}

/** Conditions that are flags, 0 or 1 in every row: a number of each star's own would make each row a pattern by itself. */
function flagsAmong({ conditions, conditionCount }: Answered): number[] {
  const isFlag = (column: number) => conditions.every((value, at) => at % conditionCount !== column || value === 0 || value === 1);
  return Array.from({ length: conditionCount }, (_, column) => column).filter(isFlag);
}

/**
 * A row was answered by one fit, an unseen star will be by all: the mean misses it by less, by the fits' own scatter.
 *
 * @returns by which factor an unseen star's residual is smaller, for rows of each pattern of flags
 */
function shrinkage(residuals: Float64Array, surplus: Float64Array, answered: Answered): Float64Array {
  const { conditions, conditionCount } = answered;
  const flags = flagsAmong(answered);
  const patternOf = (row: number) => flags.map((column) => conditions[row * conditionCount + column]).join();
  const sums = new Map<string, { square: number; surplus: number }>();
  residuals.forEach((residual, row) => {
    const sum = sums.get(patternOf(row)) ?? { square: 0, surplus: 0 };
    sums.set(patternOf(row), { square: sum.square + residual ** 2, surplus: sum.surplus + surplus[row]! });
  });
  return residuals.map((_, row) => {
    const sum = sums.get(patternOf(row))!;
    return Math.sqrt(Math.max(LEAST_SHARE, 1 - sum.surplus / Math.max(sum.square, Number.MIN_VALUE)));
  });
}

/** The mean of many fits is hardly more than twice as good as one. */
const LEAST_SHARE = 0.2;

/**
 * Makes a quantity of what families say of it out of fold: their weights and the errors that are stated.
 *
 * @param reference [all rows] of order one, NaN where unknown
 * @param rows with a known label that all families answered
 */
export function finishQuantity(
  fits: readonly CrossFit[],
  names: readonly string[],
  { mean: centre, scale }: LabelScale,
  reference: Float64Array,
  rows: Int32Array,
  sample: FitSample,
): FittedQuantity {
  const members = fits.flatMap(({ outOfFold }) => (outOfFold.kind === "quantity" ? [outOfFold] : []));
  const stacked = stackQuantities(members, reference, rows, sample.fold);
  const answered = answeredRows(stacked, sample, rows);
  const residuals = answered.value.map((value, at) => value - reference[rows[at]!]!);
  const factors = shrinkage(residuals, take(stacked.surplus, rows), answered);
  const unseen = residuals.map((residual, at) => residual * factors[at]!);
  const errors = fitErrorModel(answered, unseen);
  const folds = Array.from(rows, (row) => sample.fold[row]!);
  // Of a row's own answer, which is one fit's, the error is larger again.
  const stated = errorsOutOfFold(answered, unseen, folds).map((error, at) => error / factors[at]!);
  const [value, error] = [stacked.value, stacked.value].map((one) => one.map(() => Number.NaN)) as [Float64Array, Float64Array];
  rows.forEach((row, at) => {
    value[row] = centre + scale * answered.value[at]!;
    error[row] = scale * stated[at]!;
  });
  const { one, two } = coverage(residuals, stated);
  return {
    kind: "quantity",
    emit: (graph, inputs, conditions) => {
      const said = emitStackedQuantity(graph, inputs, fits, stacked.weights);
      const sigma = emitError(graph, errors, said.value, said.variance, conditions);
      const inUnits = graph.add("Add", [graph.add("Mul", [said.value, graph.scalar(scale)]), graph.scalar(centre)]);
      return { value: inUnits, error: graph.add("Mul", [sigma, graph.scalar(scale)]) };
    },
    outOfFold: { value, error },
    notes: {
      outOfFoldRmse: scale * rootMeanSquare(residuals),
      withinOneError: one,
      withinTwoErrors: two,
      ...Object.fromEntries(names.length > 1 ? names.map((name, i) => [`weight of ${name}`, stacked.weights[i]!]) : []),
    },
  };
}
