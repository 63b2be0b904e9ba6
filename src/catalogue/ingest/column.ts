import { escapeText, NULL_TEXT } from "../../database/copy-text";
import { scalarOf } from "../../formats/cells/cell-number";
import { isNullText } from "../../formats/cells/null-text";
import { plainNumber } from "../../formats/cells/number-text";
import type { Cell } from "../../formats/table";

/** Why a row is not taken: counted under `reason`, which is the same for all rows with that fault. */
export class Rejected {
  constructor(readonly reason: string) {}
}

/** Makes a cell COPY text of one SQL type, or says what is wrong with it. */
export type Encode = (cell: Cell, column: string) => string | Rejected;

/** PostgreSQL refuses magnitudes beyond these for `real`, and the whole COPY with them. */
const MAX_REAL = 3.4028234e38;
const MIN_REAL = 1.2e-38;
/** Text of so few digits, without an exponent, is inside those limits. */
const SAFE_REAL_CHARS = 30;

/**
 * A number as text that PostgreSQL reads back exactly; the file's own digits where it gave text.
 *
 * @returns null for a null, which an infinity is too; undefined for what is no number
 */
function numberText(cell: Cell): string | null | undefined {
  if (typeof cell === "string") return plainNumber(cell);
  if (typeof cell === "number") return Number.isFinite(cell) ? String(cell) : null;
  if (cell === null) return null;
  if (typeof cell === "bigint") return cell.toString();
  const scalar = scalarOf(cell);
  return scalar === undefined || typeof scalar === "boolean" ? undefined : numberText(scalar);
}

export const encodeDouble: Encode = (cell, column) => {
  const text = numberText(cell);
  if (text === null) return NULL_TEXT;
  const value = Number(text);
  if (text === undefined || !Number.isFinite(value)) return new Rejected(`bad number in ${column}`);
  // PostgreSQL refuses 1e-400, which it would have to round to 0, and the whole COPY with it.
  return value === 0 ? "0" : text;
};

export const encodeReal: Encode = (cell, column) => {
  const text = numberText(cell);
  if (text === null) return NULL_TEXT;
  if (text === undefined) return new Rejected(`bad number in ${column}`);
  if (text.length <= SAFE_REAL_CHARS && !text.includes("e") && !text.includes("E")) return text;
  const size = Math.abs(Number(text));
  if (size > MAX_REAL) return new Rejected(`number out of range in ${column}`);
  return size < MIN_REAL ? "0" : text;
};

/** A whole number from `min` to `max`. */
const encodeInteger =
  (min: bigint, max: bigint): Encode =>
  (cell, column) => {
    if (typeof cell === "boolean") return cell ? "1" : "0";
    const text = numberText(cell);
    if (text === null) return NULL_TEXT;
    // Spreadsheets and floating columns write whole numbers as 31.0.
    const whole = text === undefined ? null : /^([+-]?\d{1,20})(\.0*)?$/.exec(text);
    if (!whole) return new Rejected(`bad whole number in ${column}`);
    const value = BigInt(whole[1]!.replace("+", ""));
    return value < min || value > max ? new Rejected(`number out of range in ${column}`) : value.toString();
  };

const encodeSmallint = encodeInteger(-32_768n, 32_767n);
export const encodeBigint = encodeInteger(-(2n ** 63n), 2n ** 63n - 1n);

/** Longer text is no identifier or flag. */
const MAX_TEXT_CHARS = 1000;

export const encodeText: Encode = (cell, column) => {
  if (cell === null) return NULL_TEXT;
  const text = String(cell).trim();
  if (isNullText(text)) return NULL_TEXT;
  if (text.length > MAX_TEXT_CHARS || text.includes("\0")) return new Rejected(`bad text in ${column}`);
  return escapeText(text);
};

export const ENCODERS = {
  "double precision": encodeDouble,
  real: encodeReal,
  smallint: encodeSmallint,
  bigint: encodeBigint,
  text: encodeText,
} as const satisfies Record<string, Encode>;

export type SqlType = keyof typeof ENCODERS;
