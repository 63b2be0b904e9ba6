import { patternsOfRows } from "./condition-patterns";
import type { Answered } from "./error-terms";

/** The mean of many fits is hardly more than twice as good as one. */
const LEAST_SHARE = 0.2;

/**
 * A row was answered by one fit, an unseen star will be by all: the mean misses it by less, by the fits' own scatter.
 *
 * @param surplus [rows] variance of the fits about their mean
 * @returns [rows] by which factor an unseen star's residual is smaller, the same where the same conditions hold
 */
export function shrinkage(residuals: Float64Array, surplus: Float64Array, answered: Answered): Float64Array {
  const sums = new Map<string, { square: number; surplus: number }>();
  const keys = patternsOfRows(answered, residuals.length).map((pattern) => pattern.join());
  residuals.forEach((residual, row) => {
    const sum = sums.get(keys[row]!) ?? { square: 0, surplus: 0 };
    sums.set(keys[row]!, { square: sum.square + residual ** 2, surplus: sum.surplus + surplus[row]! });
  });
  return residuals.map((_, row) => {
    const sum = sums.get(keys[row]!)!;
    return Math.sqrt(Math.max(LEAST_SHARE, 1 - sum.surplus / Math.max(sum.square, Number.MIN_VALUE)));
  });
}
