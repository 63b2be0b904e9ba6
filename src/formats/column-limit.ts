import { AppError } from "../errors";

/** Gaia's widest table has 152 columns, PostgreSQL's may have 1,600; a header must not make us ask for gigabytes. */
const MAX_COLUMNS = 10_000;

/** @throws AppError BAD_INPUT where a table has more columns than are read */
export function checkColumnCount(count: number, file: string): void {
  if (count > MAX_COLUMNS)
    throw new AppError("BAD_INPUT", `${file} has more than ${MAX_COLUMNS} columns. Is it a table, and delimited as it should be?`);
}
