import { NULL_TEXT } from "../../database/copy-text";

const SCALES = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9] as const;

/**
 * A value of COPY's text format, rounded to what a catalogue would print. Whole and fraction are written as whole
 * numbers: three times faster than the shortest text of a double.
 *
 * @param decimals 0 to 9
 */
export function copyNumber(value: number | null | undefined, decimals: number): string {
  if (value === null || value === undefined) return NULL_TEXT;
  const scale = SCALES[decimals]!;
  const rounded = Math.round(Math.abs(value) * scale);
  const whole = Math.floor(rounded / scale);
  const fraction = rounded - whole * scale;
  const sign = value < 0 && rounded > 0 ? "-" : "";
  return fraction === 0 ? `${sign}${whole}` : `${sign}${whole}.${String(fraction).padStart(decimals, "0")}`;
}

/** An array of PostgreSQL; a missing element is NULL. */
export function copyArray(values: readonly (number | undefined)[], decimals: number): string {
  return `{${values.map((value) => (value === undefined ? "NULL" : copyNumber(value, decimals))).join(",")}}`;
}
