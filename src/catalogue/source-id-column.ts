import { AppError } from "../errors";
import { isNullText } from "../formats/cells/null-text";
import type { ColumnIndex } from "../formats/column-index";
import type { Cell, Column } from "../formats/table";
import { RoundedIds } from "../science/rounded-ids";
import { ROUNDED_SOURCE_ID, readSourceId, releaseFault, type SourceIdFault } from "../science/source-id";
import type { Release } from "./release";

/** Reads a row's source_id. @returns null if the row has none */
export type ReadSourceId = (row: readonly Cell[]) => bigint | null | SourceIdFault;

export interface SourceIdColumn {
  /** name of the column */
  readonly column: string;
  /** that the ids have to be of; null if that does not matter */
  readonly release: Release | null;
  /** Whether `release` and `designation` beside the ids are Gaia's, and not those of another survey. */
  readonly isGaiaTable: boolean;
  /** numbers that a mapping says mean "no value" */
  readonly nulls?: readonly { readonly from: number; readonly to: number }[];
}

/** A table as far as its header tells it. */
export interface TableHead {
  /** for messages */
  readonly name: string;
  readonly columns: readonly Column[];
}

/** Names such as gaia_dr2_source_id and source_id_dr3. */
const RELEASE_IN_NAME = /gaia_?e?dr([1-4])|^e?dr([1-4])_?(?:source_?)?id|source_?id_e?dr([1-4])/i;

/** The release that a designation such as `Gaia DR3 4583627001381815936` names; null if it names none. */
export function releaseOfDesignation(designation: Cell): number | null {
  const said = typeof designation === "string" ? /^\s*gaia\s+e?dr(\d)/i.exec(designation) : null;
  return said ? Number(said[1]) : null;
}

/** The release that a cell of a column `release` names, as 3, DR3 or Gaia DR3; null if it names none of Gaia's. */
export function releaseOfCell(cell: Cell): number | null {
  const said = cell === null ? null : /^(?:gaia\s*)?(?:e?dr)?\s*([1-4])$/i.exec(String(cell).trim());
  return said ? Number(said[1]) : null;
}

/** What the other columns of a Gaia table say of a row's release. */
function releaseReader(index: ColumnIndex): (row: readonly Cell[]) => number | null {
  const [release, designation] = [index.findAny(["gaia_release", "release"]), index.find("designation")];
  if (release === -1 && designation === -1) return () => null;
  return (row) => releaseOfDesignation(row[designation] ?? null) ?? releaseOfCell(row[release] ?? null);
}

function requireDigits({ columns, name: file }: TableHead, position: number, { column, release }: SourceIdColumn): void {
  const { name, kind } = columns[position]!;
  const refuse = ({ reason, advice }: SourceIdFault) => {
    throw new AppError("BAD_INPUT", `${file}, column ${name}: ${reason}: ${advice}.`);
  };
  if (kind === "float") refuse(ROUNDED_SOURCE_ID);
  const said = RELEASE_IN_NAME.exec(column)?.slice(1).find(Boolean);
  const fault = said === undefined || release === null ? null : releaseFault(Number(said), release);
  if (fault) refuse(fault);
}

/** @throws AppError BAD_INPUT where the ids of a column, read one after the other, show that they were rounded */
function roundingWatch({ columns, name: file }: TableHead, position: number): (id: bigint) => void {
  const ids = new RoundedIds();
  return (id) => {
    if (!ids.see(id)) return;
    throw new AppError(
      "BAD_INPUT",
      `${file}, column ${columns[position]!.name}: its long ids, such as ${id}, are all what a floating-point number can hold: they were rounded on their way, and mean other stars or none. Write them again from where they are integers or text.`,
    );
  };
}

/**
 * How the source_ids of a table are read: by the one rule of science/source-id, and checked against what the table says of
 * their release.
 *
 * @throws AppError BAD_INPUT if the column holds floating-point numbers, or its name tells another release; reading, if the ids
 *   show that they were rounded
 */
export function sourceIdColumn(table: TableHead, index: ColumnIndex, wanted: SourceIdColumn): ReadSourceId {
  const position = index.find(wanted.column);
  requireDigits(table, position, wanted);
  const { release, isGaiaTable, nulls = [] } = wanted;
  const saidRelease = isGaiaTable && release !== null ? releaseReader(index) : () => null;
  const watch = roundingWatch(table, position);
  return (row) => {
    const cell = row[position] ?? null;
    const text = typeof cell === "string" ? cell.trim() : cell;
    if (text === null || (typeof text === "string" && isNullText(text))) return null;
    const id = readSourceId(text, release);
    if (nulls.length > 0 && nulls.some(({ from, to }) => Number(text) >= from && Number(text) <= to)) return null;
    if (typeof id !== "bigint") return id;
    watch(id);
    const said = saidRelease(row);
    return said === null ? id : (releaseFault(said, release!) ?? id);
  };
}
