/** How the values of a column are kept; null may stand in any of them. */
export type OutputType = "int64" | "int32" | "int16" | "float64" | "float32" | "boolean" | "string";

/** One column of a table to write. */
export interface OutputColumn {
  readonly name: string;
  readonly type: OutputType;
  readonly unit: string | null;
  readonly description: string;
}

/** A bigint where the column is int64, else a number, a truth value or text. Not measured is null, never NaN. */
export type OutputCell = bigint | number | boolean | string | null;

/** One cell a column. */
export type OutputRow = readonly OutputCell[];

/**
 * Writes a table file: one piece before the rows, one a batch of rows, one after them (a piece may be empty). It keeps
 * no rows, so that a file of any size is written in the memory of one batch. An error of `batches` passes on, and what
 * was written then lacks its end: every format but CSV and NDJSON is unreadable without it.
 */
export type TableWriter = (
  columns: readonly OutputColumn[],
  batches: AsyncIterable<readonly OutputRow[]>,
) => AsyncGenerator<Uint8Array, void>;
