/** COPY's text for NULL. */
export const NULL_TEXT = "\\N";

/** A value of COPY's text format, rounded to what a catalogue would print. */
export function copyNumber(value: number | null | undefined, decimals: number): string {
  if (value === null || value === undefined) return NULL_TEXT;
  const scale = 10 ** decimals;
  return String(Math.round(value * scale) / scale);
}

/** An array of PostgreSQL; a missing element is NULL. */
export function copyArray(values: readonly (number | undefined)[], decimals: number): string {
  return `{${values.map((value) => (value === undefined ? "NULL" : copyNumber(value, decimals))).join(",")}}`;
}
