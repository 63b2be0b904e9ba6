import { AppError } from "../errors";

/** Gaia's widest table has 152 columns, PostgreSQL allows 1,600; a header must not make us allocate gigabytes. */
const MAX_COLUMNS = 10_000;

/** @throws AppError BAD_INPUT if a table has too many columns */
export function checkColumnCount(count: number, file: string): void {
  if (count > MAX_COLUMNS)
    throw new AppError("BAD_INPUT", `${file} has more than ${MAX_COLUMNS} columns. Is it a table, and delimited as it should be?`);
}
