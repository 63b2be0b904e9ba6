import type { Answered } from "./error-terms";

/** The mean of many fits is hardly more than twice as good as one. */
const LEAST_SHARE = 0.2;

/** @returns for a row, which of the conditions hold that either hold or do not */
function patterns({ conditions, conditionCount }: Answered): (row: number) => string {
  const isFlag = Array.from({ length: conditionCount }, (_, column) =>
    conditions.every((value, at) => at % conditionCount !== column || value === 0 || value === 1),
  );
  return (row) => {
    const of = conditions.subarray(row * conditionCount, (row + 1) * conditionCount);
    return of.filter((_, column) => isFlag[column]).join();
  };
}

/**
 * A row was answered by one fit, an unseen star will be by all: the mean misses it by less, by the fits' own scatter.
 *
 * @param surplus [rows] variance of the fits about their mean
 * @returns [rows] by which factor an unseen star's residual is smaller, the same where the same conditions hold
 */
export function shrinkage(residuals: Float64Array, surplus: Float64Array, answered: Answered): Float64Array {
  const patternOf = patterns(answered);
  const sums = new Map<string, { square: number; surplus: number }>();
  const keys = Array.from(residuals.keys(), patternOf);
  residuals.forEach((residual, row) => {
    const sum = sums.get(keys[row]!) ?? { square: 0, surplus: 0 };
    sums.set(keys[row]!, { square: sum.square + residual ** 2, surplus: sum.surplus + surplus[row]! });
  });
  return residuals.map((_, row) => {
    const sum = sums.get(keys[row]!)!;
    return Math.sqrt(Math.max(LEAST_SHARE, 1 - sum.surplus / Math.max(sum.square, Number.MIN_VALUE)));
  });
}
