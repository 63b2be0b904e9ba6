/** Rows to learn from: stars as they are, and copies of them with inputs taken away. None of them is a test star. */
export interface FitSample {
  /** [rows, columns] inputs as the study computes them, NaN where missing */
  readonly raw: Float32Array;
  readonly columns: number;
  /** [rows, 2 columns] of order one, 0 where missing, then the NaN flags: see `normalise` */
  readonly prepared: Float32Array;
  /** [rows] positive; null: all count alike */
  readonly weights: Float32Array | null;
  /** [rows] 0 <= fold < folds; copies of a star are in its fold */
  readonly fold: Uint8Array;
  readonly folds: number;
  /** [rows] 1 where inputs were taken away on purpose, 0 where the star is as it is; null: all are as they are */
  readonly isCopy: Uint8Array | null;
  /** [rows, conditionNames] of order one: what stated errors and probabilities may depend on, such as flags of missing groups */
  readonly conditions: Float32Array;
  readonly conditionNames: readonly string[];
}

/** What is to be learned of the rows. */
export type LabelledTarget =
  | {
      readonly kind: "quantity";
      readonly name: string;
      /** [rows] in the label's unit; NaN where unknown */
      readonly reference: Float64Array;
    }
  | {
      readonly kind: "classes";
      readonly name: string;
      readonly classes: readonly string[];
      /** [rows] index of the class; -1 where unknown */
      readonly reference: Int32Array;
    };
