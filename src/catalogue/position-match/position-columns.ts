import { AppError } from "../../errors";
import { numberOfCell } from "../../formats/cells/cell-number";
import { ColumnIndex } from "../../formats/column-index";
import type { Cell } from "../../formats/table";
import { columnConverter } from "../../formats/units/column-conversion";
import type { MatchObject } from "../../science/crossmatch/match-object";
import { julianYear } from "../../science/epoch";
import { checkPosition } from "../../science/sky/sky-region";
import { checkEpoch } from "../region/region-search";
import type { TableHead } from "../source-id-column";

/** Where a table tells its objects' positions. */
export interface PositionChoice {
  /** names of the columns; without them, the usual ones */
  readonly ra?: string | undefined;
  readonly dec?: string | undefined;
  /** a column, or a Julian year for all objects; without it, Gaia's own epoch */
  readonly epoch?: string | undefined;
  /** a column, two of them with a comma (of ra and dec), or a number [arcsec] for all objects; without it, not known */
  readonly error?: string | undefined;
}

/** As archives, VizieR and people call them. */
const RA = ["ra", "ra_icrs", "raj2000", "_raj2000", "ra_j2000", "ra_deg", "radeg", "right_ascension", "alpha"];
const DEC = [
  "dec",
  "de_icrs",
  "dec_icrs",
  "dej2000",
  "decj2000",
  "_dej2000",
  "dec_j2000",
  "dec_deg",
  "decdeg",
  "dedeg",
  "declination",
  "delta",
];

type ReadNumber = (row: readonly Cell[], rowNumber: number) => number | null;

/** Names what is at fault before the message. */
function atRow<T>(table: string, rowNumber: number, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof AppError) throw new AppError(error.code, `${table}, row ${rowNumber}: ${error.message}`);
    throw error;
  }
}

/** @param unit that the numbers are brought to; null: they stay as they are */
function numberColumn({ columns, name: table }: TableHead, at: number, unit: string | null): ReadNumber {
  const column = columns[at]!;
  const convert = unit === null ? null : columnConverter(column, { unit }, table);
  return (row, rowNumber) => {
    const cell = row[at] ?? null;
    const value = numberOfCell(convert === null ? cell : convert(cell));
    if (value !== undefined) return value;
    const advice = unit === "deg" ? " Angles of hours or minutes need the column's unit, as in VOTable and ECSV." : "";
    throw new AppError("BAD_INPUT", `${table}, row ${rowNumber}: '${String(cell).slice(0, 40)}' in ${column.name} is no number.${advice}`);
  };
}

function angleColumn(
  head: TableHead,
  index: ColumnIndex,
  wanted: string | undefined,
  usual: readonly string[],
  option: string,
): ReadNumber {
  const at = wanted === undefined ? index.findAny(usual) : index.find(wanted);
  if (at !== -1) return numberColumn(head, at, "deg");
  const lacks = wanted === undefined ? `none of the usual columns (${usual.slice(0, 4).join(", ")}, ...)` : `no column '${wanted}'`;
  throw new AppError("BAD_INPUT", `${head.name} has ${lacks} among ${index.describe()}. State which one it is by ${option}.`);
}

/** A column of the name, or a number for all rows. @param option for messages */
function columnOrNumber(head: TableHead, index: ColumnIndex, given: string, unit: string | null, option: string): ReadNumber {
  const at = index.find(given);
  if (at !== -1) return numberColumn(head, at, unit);
  const value = given.trim() === "" ? Number.NaN : Number(given);
  if (Number.isFinite(value)) return () => value;
  throw new AppError("BAD_INPUT", `${option}: ${head.name} has no column '${given}' among ${index.describe()}, and it is no number.`);
}

function epochColumn(head: TableHead, index: ColumnIndex, given: string | undefined): ReadNumber {
  if (given === undefined) return () => null;
  const read = columnOrNumber(head, index, given, null, "--epoch");
  return (row, rowNumber) => {
    const value = read(row, rowNumber);
    if (value === null) return null;
    const epoch = julianYear(value);
    atRow(head.name, rowNumber, () => checkEpoch(epoch));
    return epoch;
  };
}

/** Errors below zero, as -1 for "not known", are none. */
function errorColumn(head: TableHead, index: ColumnIndex, given: string | undefined): ReadNumber {
  if (given === undefined) return () => null;
  const names = index.find(given) === -1 ? given.split(",") : [given];
  if (names.length > 2) throw new AppError("BAD_INPUT", `--error takes one column or two, not ${names.length}.`);
  const readers = names.map((name) => columnOrNumber(head, index, name.trim(), "arcsec", "--error"));
  return (row, rowNumber) => {
    let sum = 0;
    for (const read of readers) {
      const value = read(row, rowNumber);
      if (value === null || !(value > 0)) return null;
      sum += value ** 2;
    }
    return Math.sqrt(sum / readers.length);
  };
}

/** Reads the object of a row. @returns null where it has no position */
export type ReadObject = (row: readonly Cell[], rowNumber: number) => MatchObject | null;

/**
 * How the positions of a table are read: in whatever unit their columns are, epochs as Julian years or dates.
 *
 * @throws AppError BAD_INPUT if a column is not there or its unit is no angle's; reading throws it for a row at fault
 */
export function objectColumn(head: TableHead, { ra, dec, epoch, error }: PositionChoice): ReadObject {
  const index = new ColumnIndex(head.columns, head.name);
  const [readRa, readDec] = [angleColumn(head, index, ra, RA, "--ra"), angleColumn(head, index, dec, DEC, "--dec")];
  const [readEpoch, readError] = [epochColumn(head, index, epoch), errorColumn(head, index, error)];
  return (row, rowNumber) => {
    const [raDeg, decDeg] = [readRa(row, rowNumber), readDec(row, rowNumber)];
    if (raDeg === null || decDeg === null) return null;
    atRow(head.name, rowNumber, () => checkPosition({ raDeg, decDeg }, "its position"));
    return { raDeg, decDeg, epoch: readEpoch(row, rowNumber), errorArcsec: readError(row, rowNumber) };
  };
}
