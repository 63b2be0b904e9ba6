import type { OutputType } from "./output-table";

/** How the values of a column of numbers lie in memory, in Arrow and in a page of Parquet: end to end, lowest byte first. */
export const NUMBERS = {
  int64: BigInt64Array,
  int32: Int32Array,
  int16: Int16Array,
  float64: Float64Array,
  float32: Float32Array,
} as const satisfies Partial<Record<OutputType, unknown>>;

export type NumberType = keyof typeof NUMBERS;
export type Numbers = BigInt64Array | Int32Array | Int16Array | Float64Array | Float32Array;

interface Validity {
  /** rows without a value */
  readonly nulls: number;
  /** one bit a row, least significant first: set where there is a value */
  readonly valid: Uint8Array;
}

/** One column of some rows. What stands where there is no value means nothing. */
export type ColumnData = Validity &
  (
    | { readonly type: NumberType; readonly values: Numbers }
    /** one bit a row, as `valid` */
    | { readonly type: "boolean"; readonly values: Uint8Array }
    /** UTF-8 end to end; row n from offsets[n] to offsets[n + 1] */
    | { readonly type: "string"; readonly values: Uint8Array; readonly offsets: Int32Array }
  );

/** Some rows of a table, column by column. */
export interface ColumnBatch {
  readonly rows: number;
  readonly columns: readonly ColumnData[];
}

export const bit = (bits: Uint8Array, row: number): boolean => (bits[row >> 3]! & (1 << (row & 7))) !== 0;
