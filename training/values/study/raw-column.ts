/** One raw column that a model's inputs are computed from. */
export interface RawColumn {
  /** photBpMeanMag, or as the mapping calls it */
  readonly name: string;
  readonly unit: string;
  readonly description: string;
}
