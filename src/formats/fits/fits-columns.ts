import { AppError } from "../../errors";
import { checkColumnCount } from "../column-limit";
import type { Cell, ColumnKind } from "../table";
import { type Cards, integerCard } from "./fits-header";

/** Size of an element [byte] by the letter of TFORM (FITS standard 4.0, table 18). */
const ELEMENT_BYTES: Readonly<Record<string, number>> = { L: 1, X: 1, B: 1, I: 2, J: 4, K: 8, A: 1, E: 4, D: 8, C: 8, M: 16, P: 8, Q: 16 };

/** A column of a binary table. */
export interface FitsColumn {
  readonly name: string;
  readonly unit: string | null;
  readonly description: string | null;
  readonly kind: ColumnKind;
  /** Offset and size of the cell in the row [byte]. */
  readonly start: number;
  readonly bytes: number;
  /** Whether its cells have variable length and are in the heap. */
  readonly inHeap: boolean;
  /** @param heap the data after the rows; empty if no column needs it */
  read(row: Buffer, heap: Buffer): Cell;
}

interface Layout {
  readonly letter: string;
  readonly repeat: number;
  readonly start: number;
  readonly bytes: number;
  readonly scale: number;
  readonly zero: number;
  readonly nullValue: number | bigint | undefined;
}

const nanAsNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

function readInteger(letter: string, row: Buffer, at: number): number | bigint {
  if (letter === "B") return row[at]!;
  if (letter === "I") return row.readInt16BE(at);
  if (letter === "J") return row.readInt32BE(at);
  return row.readBigInt64BE(at);
}

function readElement({ letter, scale, zero, nullValue }: Layout, row: Buffer, at: number): number | bigint | boolean | null {
  if (letter === "L") return row[at] === 0x54 ? true : row[at] === 0x46 ? false : null;
  if (letter === "E" || letter === "D") {
    const stored = letter === "E" ? row.readFloatBE(at) : row.readDoubleBE(at);
    // The standard has TNULL for integers alone, but files declare it for others too.
    const isNull = nullValue !== undefined && stored === (letter === "E" ? Math.fround(Number(nullValue)) : Number(nullValue));
    return isNull ? null : nanAsNull(stored * scale + zero);
  }
  const stored = readInteger(letter, row, at);
  if (nullValue !== undefined && BigInt(stored) === nullValue) return null;
  if (typeof stored === "number") return stored * scale + zero;
  // TZERO 2^63 turns signed integers into unsigned ones; add it exactly.
  return scale === 1 && Number.isInteger(zero) ? stored + BigInt(zero) : Number(stored) * scale + zero;
}

function readArray(layout: Layout, row: Buffer): Cell {
  const { letter, repeat, start } = layout;
  if (letter === "X") return Array.from({ length: repeat }, (_, index) => (row[start + (index >> 3)]! >> (7 - (index & 7))) & 1);
  if (letter === "C" || letter === "M") return readArray({ ...layout, letter: letter === "C" ? "E" : "D", repeat: 2 * repeat }, row);
  const size = ELEMENT_BYTES[letter]!;
  return Array.from({ length: repeat }, (_, index) => {
    const value = readElement(layout, row, start + index * size);
    return value === null || typeof value === "bigint" ? value : Number(value);
  });
}

/**
 * Reads a variable-length cell: its descriptor (P: two 32-bit integers, Q: two 64-bit ones) holds the number of elements and
 * their offset in the heap (FITS standard 4.0, section 7.3.5).
 *
 * @throws AppError BAD_INPUT if it points outside the heap
 */
function heapReader(layout: Layout, element: string, where: string): FitsColumn["read"] {
  const { letter, start } = layout;
  const number = (row: Buffer, at: number) => (letter === "P" ? row.readUInt32BE(at) : Number(row.readBigUInt64BE(at)));
  return (row, heap) => {
    const [repeat, offset] = [number(row, start), number(row, start + (letter === "P" ? 4 : 8))];
    if (repeat === 0) return null;
    const bytes = element === "X" ? Math.ceil(repeat / 8) : repeat * ELEMENT_BYTES[element]!;
    if (offset + bytes > heap.length) throw new AppError("BAD_INPUT", `${where}: a cell lies outside the heap. The file is damaged.`);
    const cell = { ...layout, letter: element, repeat, start: offset, bytes };
    return element === "A" ? readText(cell, heap) : readArray(cell, heap);
  };
}

function readText({ start, bytes }: Layout, row: Buffer): string | null {
  const text = row.toString("latin1", start, start + bytes);
  const end = text.indexOf("\0");
  return (end === -1 ? text : text.slice(0, end)).trimEnd() || null;
}

function reader(layout: Layout): (row: Buffer) => Cell {
  const { letter, repeat, start } = layout;
  if (repeat === 0) return () => null;
  if (letter === "A") return (row) => readText(layout, row);
  if (repeat > 1 || letter === "X" || letter === "C" || letter === "M") return (row) => readArray(layout, row);
  return (row) => readElement(layout, row, start);
}

function numberCard(cards: Cards, keyword: string): number | undefined {
  const value = cards.get(keyword);
  return typeof value === "number" || typeof value === "bigint" ? Number(value) : undefined;
}

/** The value that means null, exactly; a text that holds a number is taken for it. */
function nullCard(cards: Cards, keyword: string, letter: string): number | bigint | undefined {
  const value = cards.get(keyword);
  if (value === undefined || typeof value === "boolean" || value === "") return undefined;
  const isFloat = letter === "E" || letter === "D";
  if (isFloat) return Number.isNaN(Number(value)) ? undefined : Number(value);
  return /^[+-]?\d+$/.test(String(value).trim()) ? BigInt(String(value).trim().replace("+", "")) : undefined;
}

/** What a column of a type holds; a scaled integer is no longer one. */
function kindOf(letter: string, scale: number, zero: number): ColumnKind {
  if (letter === "A") return "text";
  if (letter === "L" || letter === "X") return "boolean";
  return "BIJK".includes(letter) && scale === 1 && Number.isInteger(zero) ? "integer" : "float";
}

const textCard = (cards: Cards, keyword: string): string | null => {
  const value = cards.get(keyword);
  return typeof value === "string" && value !== "" ? value : null;
};

/** The columns of a binary table, from its header. @throws AppError BAD_INPUT for a non-standard TFORM */
export function readColumns(cards: Cards, file: string): FitsColumn[] {
  const columns: FitsColumn[] = [];
  let start = 0;
  checkColumnCount(integerCard(cards, "TFIELDS", file), file);
  for (let number = 1; number <= integerCard(cards, "TFIELDS", file); number++) {
    const name = textCard(cards, `TTYPE${number}`) ?? `col${number}`;
    const form = /^(\d*)([LXBIJKAEDCMPQ])([LXBIJKAEDCM]?)/.exec(String(cards.get(`TFORM${number}`) ?? "").trim());
    if (!form) throw new AppError("BAD_INPUT", `${file}, column ${name}: TFORM '${cards.get(`TFORM${number}`)}' is not read.`);
    const repeat = form[1] === "" ? 1 : Number(form[1]);
    const letter = form[2]!;
    const bytes = letter === "X" ? Math.ceil(repeat / 8) : repeat * ELEMENT_BYTES[letter]!;
    const [scale, zero] = [numberCard(cards, `TSCAL${number}`) ?? 1, numberCard(cards, `TZERO${number}`) ?? 0];
    const layout = { letter, repeat, start, bytes, scale, zero, nullValue: nullCard(cards, `TNULL${number}`, letter) };
    const inHeap = (letter === "P" || letter === "Q") && repeat > 0;
    if (inHeap && form[3] === "")
      throw new AppError("BAD_INPUT", `${file}, column ${name}: TFORM '${form[0]}' does not say of what type its elements are.`);
    columns.push({
      name,
      unit: textCard(cards, `TUNIT${number}`),
      description: textCard(cards, `TCOMM${number}`),
      kind: kindOf(inHeap ? form[3]! : letter, scale, zero),
      start,
      bytes,
      inHeap,
      read: inHeap ? heapReader(layout, form[3]!, `${file}, column ${name}`) : reader(layout),
    });
    start += bytes;
  }
  const rowBytes = integerCard(cards, "NAXIS1", file);
  if (start !== rowBytes)
    throw new AppError("BAD_INPUT", `${file}: its columns take ${start} bytes a row, the FITS header says ${rowBytes}.`);
  return columns;
}
