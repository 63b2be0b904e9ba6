/** One column of a table file, as its header describes it. */
export interface Column {
  readonly name: string;
  /** as the file writes it, null where it says nothing */
  readonly unit: string | null;
  readonly description: string | null;
}

/**
 * One value. Text formats without types (CSV) give strings; typed ones give numbers, bigint for 64-bit integers,
 * and arrays. Null: empty, masked, NaN or the column's declared null value.
 */
export type Cell = string | number | bigint | boolean | null | readonly (number | null)[];

/** A table as a stream: the header at once, the rows in batches as they are read. */
export interface TableStream {
  readonly format: "csv" | "ecsv" | "votable" | "fits";
  readonly columns: readonly Column[];
  /** Each row has one cell a column. May be read once. Throws AppError BAD_INPUT at the first fault of the file. */
  readonly batches: AsyncIterable<readonly (readonly Cell[])[]>;
}
