import { AppError } from "../../errors";
import type { Cell } from "../table";
import { ELEMENT_BYTES, type Field, isDeclaredNull, nanAsNull } from "./votable-field";

/** Limit of the length of a cell, so that a damaged count does not make us wait for gigabytes. */
const MAX_CELL_BYTES = 1 << 24;

/** Size of `count` elements [byte]. */
const cellBytes = (field: Field, count: number): number =>
  field.datatype === "bit" ? Math.ceil(count / 8) : count * ELEMENT_BYTES[field.datatype];

function readElement(field: Field, bytes: Buffer, at: number): number | bigint | boolean | null {
  switch (field.datatype) {
    case "boolean":
      return /[Tt1]/.test(String.fromCharCode(bytes[at]!)) ? true : /[Ff0]/.test(String.fromCharCode(bytes[at]!)) ? false : null;
    case "unsignedByte":
      return bytes[at]!;
    case "short":
      return bytes.readInt16BE(at);
    case "int":
      return bytes.readInt32BE(at);
    case "long":
      return bytes.readBigInt64BE(at);
    case "float":
      return nanAsNull(bytes.readFloatBE(at));
    default:
      return nanAsNull(bytes.readDoubleBE(at));
  }
}

function readArray(field: Field, bytes: Buffer, at: number, count: number): readonly (number | bigint | null)[] {
  if (field.datatype === "bit") return Array.from({ length: count }, (_, index) => (bytes[at + (index >> 3)]! >> (7 - (index & 7))) & 1);
  if (field.datatype === "floatComplex" || field.datatype === "doubleComplex") {
    const part: Field = { ...field, datatype: field.datatype === "floatComplex" ? "float" : "double" };
    return readArray(part, bytes, at, 2 * count);
  }
  const size = ELEMENT_BYTES[field.datatype];
  return Array.from({ length: count }, (_, index) => {
    const value = readElement(field, bytes, at + index * size);
    if (value === null || isDeclaredNull(field, value)) return null;
    return typeof value === "bigint" ? value : Number(value);
  });
}

function readText(field: Field, bytes: Buffer, at: number, count: number): string | null {
  const raw = bytes.subarray(at, at + cellBytes(field, count));
  // unicodeChar is big-endian UTF-16; Node decodes little-endian.
  const text = field.datatype === "char" ? raw.toString("utf8") : Buffer.from(raw).swap16().toString("utf16le");
  const end = text.indexOf("\0");
  const content = end === -1 ? text : text.slice(0, end);
  return content === "" || isDeclaredNull(field, content) ? null : content;
}

function readCell(field: Field, bytes: Buffer, at: number, count: number): Cell {
  if (field.datatype === "char" || field.datatype === "unicodeChar") return readText(field, bytes, at, count);
  if (!field.scalar || field.datatype.endsWith("Complex")) return count === 0 ? null : readArray(field, bytes, at, count);
  // The standard sets the first bit, astropy the fifth: all others are padding.
  if (field.datatype === "bit") return bytes[at] === 0 ? 0 : 1;
  const value = readElement(field, bytes, at);
  return isDeclaredNull(field, value) ? null : value;
}

/** Decodes the rows of a BINARY or BINARY2 stream, which may arrive in pieces of any size. */
export class BinaryRows {
  private rest: Buffer = Buffer.alloc(0);
  private readonly maskBytes: number;

  /** @param masked BINARY2: every row begins with one bit per column, 1 for null */
  constructor(
    private readonly fields: readonly Field[],
    masked: boolean,
    private readonly file: string,
  ) {
    this.maskBytes = masked ? Math.ceil(fields.length / 8) : 0;
    if (!masked && fields.every(({ count }) => count === 0))
      throw new AppError("BAD_INPUT", `${file}: a binary table whose rows have no bytes is not read.`);
  }

  /** @returns the rows that the bytes complete */
  push(bytes: Buffer): Cell[][] {
    const all = this.rest.length > 0 ? Buffer.concat([this.rest, bytes]) : bytes;
    const rows: Cell[][] = [];
    let position = 0;
    for (;;) {
      const layout = this.layout(all, position);
      if (layout === null) break;
      rows.push(this.fields.map((field, index) => this.cell(field, index, all, position, layout)));
      position = layout.end;
    }
    this.rest = all.subarray(position);
    return rows;
  }

  /** @throws AppError BAD_INPUT if the stream ends inside a row */
  end(): void {
    if (this.rest.length > 0)
      throw new AppError("BAD_INPUT", `${this.file}: the binary stream ends in the middle of a row. Is the file truncated?`);
  }

  private cell(field: Field, index: number, bytes: Buffer, rowStart: number, layout: { starts: number[]; counts: number[] }): Cell {
    const isNull = this.maskBytes > 0 && (bytes[rowStart + (index >> 3)]! >> (7 - (index & 7))) & 1;
    return isNull ? null : readCell(field, bytes, layout.starts[index]!, layout.counts[index]!);
  }

  /** Offset and number of elements of each cell in the row; null if the row is incomplete. */
  private layout(bytes: Buffer, rowStart: number): { starts: number[]; counts: number[]; end: number } | null {
    const starts: number[] = [];
    const counts: number[] = [];
    let position = rowStart + this.maskBytes;
    if (position === bytes.length && this.maskBytes === 0) return null;
    for (const field of this.fields) {
      let count = field.count;
      if (count === null) {
        if (position + 4 > bytes.length) return null;
        count = bytes.readUInt32BE(position);
        position += 4;
      }
      const size = cellBytes(field, count);
      if (size > MAX_CELL_BYTES)
        throw new AppError("BAD_INPUT", `${this.file}, column ${field.name}: a cell of ${size} bytes. The stream is damaged.`);
      starts.push(position);
      counts.push(count);
      position += size;
    }
    return position > bytes.length ? null : { starts, counts, end: position };
  }
}
