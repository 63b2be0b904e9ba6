import { AppError } from "../../src/errors";
import type { Cell } from "../../src/formats/table";

/** What astropy, pandas, NumPy, R and SQL write where there is no number. */
const MISSING = /^(nan|null|none|<?na>?|n\/a|-+|[+-]?inf)$/i;

/**
 * @param where names the file, the row and the column, for the message
 * @returns NaN for a missing value and for one that is not finite
 * @throws AppError BAD_INPUT if the cell holds something that is no number
 */
export function cellNumber(cell: Cell | undefined, where: () => string): number {
  if (cell === null || cell === undefined || cell === "") return Number.NaN;
  const value = Number(cell);
  if (Number.isNaN(value) && !MISSING.test(String(cell).trim()))
    throw new AppError("BAD_INPUT", `${where()} holds '${String(cell).slice(0, 40)}', which is no number. Mend the file.`);
  return Number.isFinite(value) ? value : Number.NaN;
}
