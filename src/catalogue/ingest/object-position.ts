import { NULL_TEXT } from "../../database/copy-text";
import { numberOfCell } from "../../formats/cells/cell-number";
import { ColumnIndex } from "../../formats/column-index";
import type { Cell } from "../../formats/table";
import { julianYear } from "../../science/epoch";
import { EPOCHS } from "../region/region-search";
import type { TableHead } from "../source-id-column";
import { encodeDouble, Rejected } from "./column";
import { readPosition } from "./identity";
import { errorReader, isNullValue, type ReadValue, valueReader } from "./mapped-values";
import type { Mapping, NullRange } from "./mapping";

/** COPY texts of ra, dec [deg], epoch [Julian yr] and position_error [arcsec]. */
type PositionTexts = readonly [ra: string, dec: string, epoch: string, error: string];

const NOWHERE: PositionTexts = [NULL_TEXT, NULL_TEXT, NULL_TEXT, NULL_TEXT];

function epochReader(column: string | null, { columns, name }: TableHead, nulls: readonly NullRange[]): ReadValue {
  if (column === null) return () => NULL_TEXT;
  const at = new ColumnIndex(columns, name).find(column);
  return (row) => {
    const value = numberOfCell(row[at]);
    if (value === undefined) return new Rejected(`${column} is no epoch: a Julian year, a Julian date or a modified one`);
    if (value === null || isNullValue(value, nulls)) return NULL_TEXT;
    const year = julianYear(value);
    return year >= EPOCHS.first && year <= EPOCHS.last ? String(year) : new Rejected(`epoch outside ${EPOCHS.first} to ${EPOCHS.last}`);
  };
}

/**
 * How the position of a row's object is read.
 *
 * @returns texts of what is known of it, or why the row is not taken
 * @throws AppError BAD_INPUT if a unit cannot be converted
 */
export function objectPosition(
  { position, nulls }: Pick<Mapping, "position" | "nulls">,
  head: TableHead,
): (row: readonly Cell[]) => PositionTexts | Rejected {
  if (position === null) return () => NOWHERE;
  const [readRa, readDec] = [valueReader(position.ra, head, encodeDouble), valueReader(position.dec, head, encodeDouble)];
  const [readEpoch, readError] = [epochReader(position.epoch, head, nulls), errorReader(position.error, head)];
  return (row) => {
    const [ra, dec] = [readRa(row), readDec(row)];
    if (ra === NULL_TEXT && dec === NULL_TEXT) return NOWHERE;
    const fault = readPosition(ra, dec);
    if (fault !== null) return fault;
    const [epoch, error] = [readEpoch(row), readError(row)];
    if (epoch instanceof Rejected) return epoch;
    return error instanceof Rejected ? error : [ra as string, dec as string, epoch, error];
  };
}
