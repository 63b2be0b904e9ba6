import { type ColumnBatch, type ColumnData, NUMBERS, type NumberType } from "../column-batch";
import type { OutputColumn } from "../output-table";

/** Signature (11 bytes), flags and the length of an extension that PostgreSQL never writes (4 each). */
const HEADER_BYTES = 19;
const SIGNATURE = "PGCOPY\n\xff\r\n\0";
/** Instead of the number of fields of a row: the end. */
const END = -1;
/** Instead of the length of a field: null. */
const NULL_LENGTH = -1;

const BYTES: Readonly<Record<NumberType | "boolean", number>> = { int64: 8, float64: 8, int32: 4, float32: 4, int16: 2, boolean: 1 };

/** Skips over the rows without reading their values. @returns their number, and the offset [byte] of the last one */
function survey(bytes: Buffer): { rows: number; lastRow: number } {
  if (bytes.toString("latin1", 0, SIGNATURE.length) !== SIGNATURE) throw new Error("The database answered no binary COPY.");
  let [rows, lastRow, place] = [0, 0, HEADER_BYTES];
  for (let fields = bytes.readInt16BE(place); fields !== END; fields = bytes.readInt16BE(place)) {
    lastRow = place;
    place += 2;
    for (let field = 0; field < fields; field++) place += 4 + Math.max(0, bytes.readInt32BE(place));
    rows++;
  }
  return { rows, lastRow };
}

/** @returns the first value of the last row, an int8; null without rows */
export function lastInt8(bytes: Buffer): bigint | null {
  const { rows, lastRow } = survey(bytes);
  return rows === 0 ? null : bytes.readBigInt64BE(lastRow + 6);
}

/** Collects the values of one column, row by row. */
abstract class ColumnReader {
  readonly valid: Uint8Array;
  nulls = 0;

  constructor(readonly rows: number) {
    this.valid = new Uint8Array((rows + 7) >> 3);
  }

  /** @param length of the value [byte], or NULL_LENGTH */
  read(bytes: Buffer, place: number, length: number, row: number): void {
    if (length === NULL_LENGTH) this.nulls++;
    else {
      this.valid[row >> 3]! |= 1 << (row & 7);
      this.take(bytes, place, length, row);
    }
  }

  protected abstract take(bytes: Buffer, place: number, length: number, row: number): void;
  abstract finish(): ColumnData;
}

/** Swaps bytes as 4-byte words: converting through a float could normalise a NaN, and a bigint costs memory. */
class NumberReader extends ColumnReader {
  private readonly buffer: ArrayBuffer;
  private readonly words: Int32Array;
  private readonly halves: Int16Array;
  private readonly width: number;

  constructor(
    rows: number,
    private readonly type: NumberType,
  ) {
    super(rows);
    this.width = BYTES[type];
    this.buffer = new ArrayBuffer((rows * this.width + 7) & ~7);
    this.words = new Int32Array(this.buffer);
    this.halves = new Int16Array(this.buffer);
  }

  protected override take(bytes: Buffer, place: number, length: number, row: number): void {
    if (length !== this.width) throw new Error(`A column of ${this.type} came in ${length} bytes.`);
    if (length === 4) this.words[row] = bytes.readInt32BE(place);
    else if (length === 8) {
      this.words[2 * row] = bytes.readInt32BE(place + 4);
      this.words[2 * row + 1] = bytes.readInt32BE(place);
    } else this.halves[row] = bytes.readInt16BE(place);
  }

  override finish(): ColumnData {
    const { type, nulls, valid } = this;
    return { type, nulls, valid, values: new NUMBERS[type](this.buffer, 0, this.rows) };
  }
}

/** Where the elements of an array of one dimension begin [byte]: behind the number of dimensions, a flag, the type, the size and the lower bound. */
const ARRAY_HEADER = 20;

/** Vectors: arrays of as many reals, none of them null. */
class VectorReader extends ColumnReader {
  private readonly words = new Int32Array(this.rows * this.length);

  constructor(
    rows: number,
    private readonly length: number,
  ) {
    super(rows);
  }

  protected override take(bytes: Buffer, place: number, length: number, row: number): void {
    if (length !== ARRAY_HEADER + 8 * this.length) throw new Error(`A vector of ${this.length} numbers came in ${length} bytes.`);
    // Each number comes behind its own length.
    const first = place + ARRAY_HEADER + 4;
    for (let index = 0; index < this.length; index++) this.words[row * this.length + index] = bytes.readInt32BE(first + 8 * index);
  }

  override finish(): ColumnData {
    const { nulls, valid, length } = this;
    return { type: "float32", nulls, valid, values: new Float32Array(this.words.buffer), length };
  }
}

class BooleanReader extends ColumnReader {
  private readonly values = new Uint8Array(this.valid.length);

  protected override take(bytes: Buffer, place: number, _length: number, row: number): void {
    if (bytes[place] === 1) this.values[row >> 3]! |= 1 << (row & 7);
  }

  override finish(): ColumnData {
    return { type: "boolean", nulls: this.nulls, valid: this.valid, values: this.values };
  }
}

class TextReader extends ColumnReader {
  private readonly offsets = new Int32Array(this.rows + 1);
  private values = Buffer.allocUnsafe(Math.max(1024, 16 * this.rows));
  private length = 0;

  override read(bytes: Buffer, place: number, length: number, row: number): void {
    super.read(bytes, place, length, row);
    this.offsets[row + 1] = this.length;
  }

  protected override take(bytes: Buffer, place: number, length: number): void {
    if (this.length + length > this.values.length) {
      const larger = Buffer.allocUnsafe(2 * (this.length + length));
      this.values.copy(larger, 0, 0, this.length);
      this.values = larger;
    }
    bytes.copy(this.values, this.length, place, place + length);
    this.length += length;
  }

  override finish(): ColumnData {
    const { nulls, valid, offsets } = this;
    return { type: "string", nulls, valid, offsets, values: this.values.subarray(0, this.length) };
  }
}

function readerOf({ type, length }: OutputColumn, rows: number): ColumnReader {
  if (length !== undefined) return new VectorReader(rows, length);
  if (type === "string") return new TextReader(rows);
  return type === "boolean" ? new BooleanReader(rows) : new NumberReader(rows, type);
}

/**
 * Reads the output of PostgreSQL's `COPY ... TO STDOUT (FORMAT binary)` into columns: 680,000 stars per second of processor
 * time, 10 times as fast as parsing rows from text, and without an object per value.
 *
 * @param columns types of the selected columns: int64 is int8, float32 is real, string is text
 */
export function readCopy(bytes: Buffer, columns: readonly OutputColumn[]): ColumnBatch {
  const { rows } = survey(bytes);
  const readers = columns.map((column) => readerOf(column, rows));
  let place = HEADER_BYTES;
  for (let row = 0; row < rows; row++) {
    const fields = bytes.readInt16BE(place);
    if (fields !== readers.length) throw new Error(`A row of ${fields} fields came where ${readers.length} were selected.`);
    place += 2;
    for (const reader of readers) {
      const length = bytes.readInt32BE(place);
      place += 4;
      reader.read(bytes, place, length, row);
      if (length > 0) place += length;
    }
  }
  return { rows, columns: readers.map((reader) => reader.finish()) };
}
