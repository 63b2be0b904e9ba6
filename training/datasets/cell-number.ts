import { AppError } from "../../src/errors";
import { numberOfCell } from "../../src/formats/cells/cell-number";
import type { Cell } from "../../src/formats/table";

/**
 * @param where names the file, the row and the column, for the message
 * @returns NaN for a missing value and for one that is not finite
 * @throws AppError BAD_INPUT if the cell holds something that is no number
 */
export function cellNumber(cell: Cell | undefined, where: () => string): number {
  const value = numberOfCell(cell);
  if (value === undefined)
    throw new AppError("BAD_INPUT", `${where()} holds '${String(cell).slice(0, 40)}', which is no number. Mend the file.`);
  return value ?? Number.NaN;
}
