import { Bool, type Data, type DataType, Float32, Float64, Int16, Int32, Int64, makeData, Utf8 } from "apache-arrow";
import type { OutputCell, OutputRow, OutputType } from "./output-table";

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

type Cells = readonly OutputCell[];

/** One bit a row, least significant first: set where `holds`. */
function bitmap(cells: Cells, holds: (cell: OutputCell) => boolean): Uint8Array {
  const bits = new Uint8Array(Math.ceil(cells.length / 8));
  cells.forEach((cell, row) => {
    if (holds(cell)) bits[row >> 3]! |= 1 << (row & 7);
  });
  return bits;
}

/** Text end to end, and where each row's begins. */
function textBuffers(cells: Cells): { valueOffsets: Int32Array; data: Uint8Array } {
  const texts = cells.map((cell) => Buffer.from(cell === null ? "" : String(cell)));
  const valueOffsets = new Int32Array(cells.length + 1);
  texts.forEach((text, row) => {
    valueOffsets[row + 1] = valueOffsets[row]! + text.length;
  });
  return { valueOffsets, data: Buffer.concat(texts) };
}

interface Validity {
  readonly length: number;
  readonly nullCount: number;
  readonly nullBitmap: Uint8Array;
}

const numbers = (cells: Cells): number[] => cells.map((cell) => (cell ?? 0) as number);

const MAKERS: Readonly<Record<OutputType, (cells: Cells, validity: Validity) => Data>> = {
  int64: (cells, validity) => {
    const data = BigInt64Array.from(cells.map((cell) => (cell ?? 0n) as bigint));
    return makeData({ type: ARROW_TYPES.int64, ...validity, data });
  },
  int32: (cells, validity) => makeData({ type: ARROW_TYPES.int32, ...validity, data: Int32Array.from(numbers(cells)) }),
  int16: (cells, validity) => makeData({ type: ARROW_TYPES.int16, ...validity, data: Int16Array.from(numbers(cells)) }),
  float64: (cells, validity) => makeData({ type: ARROW_TYPES.float64, ...validity, data: Float64Array.from(numbers(cells)) }),
  float32: (cells, validity) => makeData({ type: ARROW_TYPES.float32, ...validity, data: Float32Array.from(numbers(cells)) }),
  boolean: (cells, validity) => makeData({ type: ARROW_TYPES.boolean, ...validity, data: bitmap(cells, (cell) => cell === true) }),
  string: (cells, validity) => makeData({ type: ARROW_TYPES.string, ...validity, ...textBuffers(cells) }),
};

/** @returns one column of a batch in Arrow's layout; a null has its validity bit unset */
export function arrowColumn(type: OutputType, batch: readonly OutputRow[], index: number): Data {
  const cells = batch.map((row) => row[index]!);
  const nullBitmap = bitmap(cells, (cell) => cell !== null);
  const nullCount = cells.reduce<number>((nulls, cell) => nulls + Number(cell === null), 0);
  return MAKERS[type](cells, { length: cells.length, nullCount, nullBitmap });
}
