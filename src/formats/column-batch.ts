import type { OutputType } from "./output-table";

/** Memory layout of a column of numbers, as in Arrow and in pages of Parquet: contiguous, little-endian. */
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
  /** one bit per row, least significant first: set if there is a value */
  readonly valid: Uint8Array;
}

/** One column of some rows. Entries of rows without a value are undefined. */
export type ColumnData = Validity &
  /** of a vector, `length` numbers a row */
  (
    | { readonly type: NumberType; readonly values: Numbers; readonly length?: number | undefined }
    /** one bit per row, as `valid` */
    | { readonly type: "boolean"; readonly values: Uint8Array }
    /** contiguous UTF-8; row n is from offsets[n] to offsets[n + 1] */
    | { readonly type: "string"; readonly values: Uint8Array; readonly offsets: Int32Array }
  );

/** Some rows of a table, column by column. */
export interface ColumnBatch {
  readonly rows: number;
  readonly columns: readonly ColumnData[];
}

export const bit = (bits: Uint8Array, row: number): boolean => (bits[row >> 3]! & (1 << (row & 7))) !== 0;
