import { gatherRows } from "../../datasets/gather-rows";
import type { BoostInputs } from "./booster";

/** Stars to boost trees on, and the one label. */
export interface BoostedSample {
  /** [stars, columns] raw features, NaN if missing */
  readonly inputs: Float32Array;
  readonly columns: number;
  /** [stars, 2 columns] the features as a relation takes them: of order one, then their NaN flags */
  readonly prepared: Float32Array;
  /** [stars] of order one */
  readonly label: Float32Array;
  /** [stars] which part of a cross-validation each is in, 0 to `folds` - 1 */
  readonly fold: Uint8Array;
  readonly folds: number;
}

/** @param base [rows] @returns the rows as XGBoost takes them */
export function boostInputs({ inputs, columns }: BoostedSample, rows: Int32Array, base: Float32Array): BoostInputs {
  return { inputs: gatherRows(inputs, columns, rows), columns, base };
}

/** @returns [rows] */
export function labelsOf({ label }: BoostedSample, rows: Int32Array): Float32Array {
  return Float32Array.from(rows, (row) => label[row]!);
}

/** Two kinds of rows: those to fit on, and those that are then predicted. */
export interface Parting {
  readonly train: Int32Array;
  readonly held: Int32Array;
}

/**
 * @param rows the rows that are parted
 * @param parts folds are dealt out to so many parts; as many as there are when absent
 * @returns for each part the rows in it and those in the others
 */
export function partings({ fold, folds }: BoostedSample, rows: Int32Array, parts = folds): Parting[] {
  const present = [...new Set(rows.map((row) => fold[row]!))].sort((a, b) => a - b);
  const part = new Map(present.map((one, rank) => [one, rank % parts]));
  return Array.from({ length: Math.min(parts, present.length) }, (_, index) => ({
    train: rows.filter((row) => part.get(fold[row]!) !== index),
    held: rows.filter((row) => part.get(fold[row]!) === index),
  }));
}
