import { isNullText } from "./null-text";

const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?$/;
/** Fortran's double precision: 0.1050D+02, 1.05d2, 1.05Q+02, and 1.05+102 where three digits leave no room for the letter. */
const FORTRAN = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:[dDqQ]([+-]?\d{1,4})|([+-]\d{1,3}))$/;
const INFINITE = /^[+-]?inf(inity)?$/i;

/**
 * Reads a number as people and programs write it, and keeps its digits.
 *
 * @returns the number in the usual notation; null where the text says that there is none, which an infinity does too; undefined
 *   if it is something else
 */
export function plainNumber(text: string): string | null | undefined {
  if (PLAIN.test(text)) return text;
  if (isNullText(text)) return null;
  const trimmed = text.trim();
  if (PLAIN.test(trimmed)) return trimmed;
  const fortran = FORTRAN.exec(trimmed);
  // Without a point, 1958-07 is a date.
  if (fortran && (fortran[3] === undefined || fortran[1]!.includes("."))) return `${fortran[1]}e${fortran[2] ?? fortran[3]}`;
  return INFINITE.test(trimmed) ? null : undefined;
}
