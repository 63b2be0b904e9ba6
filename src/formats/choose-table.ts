import { AppError } from "../errors";

/** One table of a file that may hold several. */
export interface NamedTable {
  readonly name: string | null;
  /** null: some, not counted */
  readonly rows: number | null;
}

const MOST_SHOWN = 20;

const rowCount = (rows: number | null): string => (rows === null ? "" : ` (${rows} ${rows === 1 ? "row" : "rows"})`);

/** `1 'notes' (3 rows), 2 'stars' (100 rows)`. */
function describe(tables: readonly NamedTable[]): string {
  const shown = tables.slice(0, MOST_SHOWN).map(({ name, rows }, index) => `${index + 1}${name ? ` '${name}'` : ""}${rowCount(rows)}`);
  return shown.join(", ") + (tables.length > MOST_SHOWN ? `, ... (${tables.length} tables in all)` : "");
}

function named(tables: readonly NamedTable[], wanted: string): number[] {
  const places = [...tables.keys()];
  const exact = places.filter((index) => tables[index]!.name === wanted);
  if (exact.length > 0) return exact;
  const inAnyCase = places.filter((index) => tables[index]!.name?.toLowerCase() === wanted.toLowerCase());
  if (inAnyCase.length > 0) return inAnyCase;
  return /^\d+$/.test(wanted) && Number(wanted) >= 1 && Number(wanted) <= tables.length ? [Number(wanted) - 1] : [];
}

/**
 * Chooses one of a file's tables: that with the name or the number (from 1), else the only one that has rows.
 *
 * @returns its position, from 0
 * @throws AppError BAD_INPUT listing the tables where none is meant for sure
 */
export function chooseTable(tables: readonly NamedTable[], wanted: string | undefined, file: string): number {
  if (wanted !== undefined) {
    const found = named(tables, wanted);
    if (found.length === 1) return found[0]!;
    const fault =
      found.length === 0 ? `has no table '${wanted}'` : `has ${found.length} tables called '${wanted}': give the number instead`;
    throw new AppError("BAD_INPUT", `${file} ${fault}. Its tables: ${describe(tables)}.`);
  }
  const withRows = [...tables.keys()].filter((index) => tables[index]!.rows !== 0);
  if (withRows.length <= 1) return withRows[0] ?? 0;
  throw new AppError(
    "BAD_INPUT",
    `${file} holds ${withRows.length} tables with rows: ${describe(tables)}. Choose one by its name or number: --table on the command line, the parameter table in a request.`,
  );
}

/** @throws AppError BAD_INPUT if a table is named in a file that is one table */
export function refuseTableName(wanted: string | undefined, file: string): void {
  if (wanted !== undefined && wanted !== "1")
    throw new AppError("BAD_INPUT", `${file} is a single table: there is none to choose by '${wanted}'. Leave --table out.`);
}
