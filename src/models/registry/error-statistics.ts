/** Statistics of predicted - reference, in the label's unit. */
export interface ErrorStatistics {
  readonly stars: number;
  /** of predicted - reference */
  readonly mean: number;
  readonly median: number;
  /** standard deviation */
  readonly sigma: number;
  /** mean absolute deviation from the reference */
  readonly meanAbsoluteDeviation: number;
  /** median absolute deviation from the reference */
  readonly medianAbsoluteDeviation: number;
  readonly rmse: number;
}
