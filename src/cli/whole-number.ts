import { AppError } from "../errors";

/**
 * Reads an option's whole number.
 *
 * @param option as it is typed, as in `--batch`
 * @throws AppError BAD_INPUT naming the option and its bounds
 */
export function wholeNumber(option: string, min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new AppError("BAD_INPUT", `${option} must be a whole number from ${min} to ${max}, not '${text.slice(0, 40)}'.`);
  };
}

/** Reads an option's whole numbers between commas. @throws AppError BAD_INPUT as wholeNumber does */
export function wholeNumbers(option: string, min: number, max: number): (text: string) => number[] {
  const read = wholeNumber(option, min, max);
  return (text) => text.split(",").map((one) => read(one.trim()));
}
