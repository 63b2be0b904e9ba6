import { mean } from "../../src/science/statistics";

/** @returns Pearson's correlation; 0 if one of the two is constant */
export function correlation(left: Float64Array, right: Float64Array): number {
  const [a, b] = [mean(left), mean(right)];
  let [both, leftSquares, rightSquares] = [0, 0, 0];
  for (let star = 0; star < left.length; star++) {
    both += (left[star]! - a) * (right[star]! - b);
    leftSquares += (left[star]! - a) ** 2;
    rightSquares += (right[star]! - b) ** 2;
  }
  return leftSquares > 0 && rightSquares > 0 ? both / Math.sqrt(leftSquares * rightSquares) : 0;
}

/**
 * Whether a straight line of a feature tells anything of the label: the F statistic of one degree of freedom against n - 2,
 * as scikit-learn's `f_regression` has it.
 */
export function fStatistic(feature: Float64Array, label: Float64Array): number {
  const square = correlation(feature, label) ** 2;
  return (square / (1 - square)) * (label.length - 2);
}

/** @returns correlation of what a straight line of a third quantity leaves of two others */
export function partialCorrelation(left: Float64Array, right: Float64Array, given: Float64Array): number {
  const [both, ofLeft, ofRight] = [correlation(left, right), correlation(left, given), correlation(right, given)];
  const rest = Math.sqrt((1 - ofLeft ** 2) * (1 - ofRight ** 2));
  return rest > 0 ? (both - ofLeft * ofRight) / rest : 0;
}
