import { Bool, type Data, type DataType, Float32, Float64, Int16, Int32, Int64, makeData, Utf8 } from "apache-arrow";
import type { ColumnData } from "../column-batch";
import type { OutputType } from "../output-table";

/** Arrow's type of a column. */
export const ARROW_TYPES = {
  int64: new Int64(),
  int32: new Int32(),
  int16: new Int16(),
  float64: new Float64(),
  float32: new Float32(),
  boolean: new Bool(),
  string: new Utf8(),
} as const satisfies Record<OutputType, DataType>;

/** @returns one column of a batch as an Arrow vector on the same memory */
export function arrowColumn(column: ColumnData, rows: number): Data {
  const validity = { length: rows, nullCount: column.nulls, nullBitmap: column.valid };
  if (column.type === "string")
    return makeData({ type: ARROW_TYPES.string, ...validity, valueOffsets: column.offsets, data: column.values });
  // One cast instead of six identical branches: the values are of the array type that belongs to the column's type.
  return makeData({ type: ARROW_TYPES[column.type], ...validity, data: column.values } as Parameters<typeof makeData>[0]);
}
