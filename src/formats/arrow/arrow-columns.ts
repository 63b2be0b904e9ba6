import { Bool, type Data, type DataType, Field, FixedSizeList, Float32, Float64, Int16, Int32, Int64, makeData, Utf8 } from "apache-arrow";
import type { ColumnData } from "../column-batch";
import type { OutputColumn, OutputType } from "../output-table";

const ARROW_TYPES = {
  int64: new Int64(),
  int32: new Int32(),
  int16: new Int16(),
  float64: new Float64(),
  float32: new Float32(),
  boolean: new Bool(),
  string: new Utf8(),
} as const satisfies Record<OutputType, DataType>;

const listOf = (length: number) => new FixedSizeList(length, new Field("item", ARROW_TYPES.float32, false));

/** Arrow's type of a column. */
export const arrowType = ({ type, length }: OutputColumn): DataType => (length === undefined ? ARROW_TYPES[type] : listOf(length));

/** @returns one column of a batch as an Arrow vector on the same memory */
export function arrowColumn(column: ColumnData, rows: number): Data {
  const validity = { length: rows, nullCount: column.nulls, nullBitmap: column.valid };
  if (column.type === "string")
    return makeData({ type: ARROW_TYPES.string, ...validity, valueOffsets: column.offsets, data: column.values });
  if ("length" in column && column.length !== undefined) {
    const child = makeData({ type: ARROW_TYPES.float32, length: rows * column.length, nullCount: 0, data: column.values as Float32Array });
    return makeData({ type: listOf(column.length), ...validity, child });
  }
  // One cast instead of six identical branches: the values are of the array type that belongs to the column's type.
  return makeData({ type: ARROW_TYPES[column.type], ...validity, data: column.values } as Parameters<typeof makeData>[0]);
}
