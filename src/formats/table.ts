/**
 * What the file says that a column holds. `text` of an untyped file may be anything; `float` cannot keep the digits of a 64-bit
 * integer.
 */
export type ColumnKind = "text" | "integer" | "float" | "boolean";

/** One column of a table file, as its header describes it. */
export interface Column {
  readonly name: string;
  /** as in the file; null if not given */
  readonly unit: string | null;
  readonly description: string | null;
  readonly kind: ColumnKind;
}

/**
 * One value. Untyped text formats (CSV) give strings; typed formats give numbers, bigint for 64-bit integers,
 * and arrays. Null: empty, masked, NaN or the column's declared null value.
 */
export type Cell = string | number | bigint | boolean | null | readonly (number | bigint | null)[];

/** A table as a stream: the header first, then the rows in batches as they are read. */
export interface TableStream {
  readonly format: "csv" | "ecsv" | "votable" | "fits" | "parquet";
  readonly columns: readonly Column[];
  /** Each row has one cell per column. Can be read once. Throws AppError BAD_INPUT at the first fault of the file. */
  readonly batches: AsyncIterable<readonly (readonly Cell[])[]>;
}
