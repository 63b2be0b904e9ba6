import { gatherRows } from "../datasets/gather-rows";
import { fitErrorModel, statedErrorsOf } from "./error-model";
import type { Answered } from "./error-terms";

const take = (values: Float64Array, rows: Int32Array) => Float64Array.from(rows, (row) => values[row]!);

function part({ value, variance, conditions, conditionCount }: Answered, rows: Int32Array): Answered {
  return {
    value: take(value, rows),
    variance: variance === null ? null : take(variance, rows),
    conditions: gatherRows(conditions, conditionCount, rows),
    conditionCount,
  };
}

/**
 * The error that is stated of each row by a model of errors that was fitted on the rows of other folds: what is said of
 * its coverage is then said of rows that it did not see. Where all rows are in one fold, there are no others: all are used.
 *
 * @param residuals [rows] of order one
 * @param fold [rows]
 * @returns [rows] of order one
 */
export function errorsOutOfFold(answered: Answered, residuals: Float64Array, fold: ArrayLike<number>): Float64Array {
  const stated = new Float64Array(residuals.length);
  const rows = Int32Array.from(residuals.keys());
  for (const one of new Set(Array.from(fold))) {
    const held = rows.filter((row) => fold[row] === one);
    const others = held.length === rows.length ? rows : rows.filter((row) => fold[row] !== one);
    const errors = statedErrorsOf(fitErrorModel(part(answered, others), take(residuals, others)), part(answered, held));
    held.forEach((row, at) => {
      stated[row] = errors[at]!;
    });
  }
  return stated;
}
