/** -999, -9999.0 and the like, to the digit: a measurement has other decimals. */
const MINUS_NINES = /^-9{3,6}(?:\.0*)?$/;
/** [mag] No magnitude is beyond: 99, 99.999 and 999 stand for none. */
const MAX_MAG = 50;

/**
 * Whether a number of a Gaia table stands for no value, as programs fill gaps where a format has no null.
 *
 * @param text of a number in our unit, as COPY takes it
 */
export function isPlaceholder(text: string, unit: string | null): boolean {
  return (text.startsWith("-9") && MINUS_NINES.test(text)) || (unit === "mag" && Math.abs(Number(text)) > MAX_MAG);
}
