import { ColumnIndex } from "../../../formats/column-index";
import type { Cell } from "../../../formats/table";
import { columnConverter } from "../../../formats/units/column-conversion";
import { Rejected } from "../column";
import { isNullValue } from "../mapped-values";
import type { LightCurveMapping, Mapping, TextSource, ValueSource } from "../mapping";
import type { FileHead } from "../plan";
import { flagsOfCell, numberOrNaN, type ReadPoints } from "./points";
import { repeatedSourceIdReader } from "./source-id-reader";

type ReadNumber = (row: readonly Cell[]) => number | Rejected;

/** Reads a number in our unit, NaN for a null. */
function numberReader(source: ValueSource | null, { columns, name }: FileHead, index: ColumnIndex): ReadNumber {
  if (source === null) return () => Number.NaN;
  const [position, { column, target, unit, nulls }] = [index.find(source.column), source];
  const convert = columnConverter(columns[position]!, { unit: target, stated: unit }, name);
  return (row) => {
    const value = numberOrNaN(row[position]!, column);
    if (value instanceof Rejected) return value;
    if (isNullValue(value, nulls)) return Number.NaN;
    return convert === null ? value : numberOrNaN(convert(value), column);
  };
}

/** Names of bands are short; anything longer is another column. */
const BAND = /^[A-Za-z][A-Za-z0-9_']{0,30}$/;

/** @returns null if the text is no band's name */
export function textReader(source: TextSource, index: ColumnIndex): (row: readonly Cell[]) => string | null {
  if ("constant" in source) return () => source.constant;
  const position = index.find(source.column);
  return (row) => {
    const text = String(row[position] ?? "").trim();
    return BAND.test(text) ? text : null;
  };
}

const columnOf = (source: TextSource | null): string[] => (source !== null && "column" in source ? [source.column] : []);

function requireColumns(index: ColumnIndex, file: string, { gaia, catalogue }: Mapping, curves: LightCurveMapping): void {
  const { time, mag, rejected, band } = curves;
  const values = [time.column, mag.value.column, ...(mag.error ? [mag.error.column] : [])];
  const names = [gaia!.column, ...values, ...columnOf(band), ...(rejected === null ? [] : [rejected])];
  index.require(names, file, `what the mapping of '${catalogue.name}' describes under lightCurves`);
}

function flagReader(column: string | null, index: ColumnIndex): (row: readonly Cell[]) => boolean | Rejected {
  if (column === null) return () => false;
  const position = index.find(column);
  return (row) => {
    const flags = flagsOfCell(row[position]!, column);
    return flags instanceof Rejected ? flags : (flags[0] ?? false);
  };
}

/**
 * How a table of measurements, a row each, is read as a mapping describes it.
 *
 * @throws AppError BAD_INPUT if the file lacks a column that the mapping names
 */
export function mappedPointsReader(head: FileHead, mapping: Mapping, curves: LightCurveMapping): ReadPoints {
  const { columns, name } = head;
  const index = new ColumnIndex(columns, name);
  requireColumns(index, name, mapping, curves);
  const readId = repeatedSourceIdReader(head, index, { ...mapping.gaia!, isGaiaTable: false, nulls: mapping.nulls });
  const numbers = [curves.time, curves.mag.value, curves.mag.error].map((source) => numberReader(source, head, index));
  const [readTime, readMag, readError] = numbers as [ReadNumber, ReadNumber, ReadNumber];
  const [readBand, readFlag] = [textReader(curves.band, index), flagReader(curves.rejected, index)];
  return (row, sink) => {
    const [id, time, mag, error, flag] = [readId(row), readTime(row), readMag(row), readError(row), readFlag(row)];
    if (id instanceof Rejected) return id;
    if (time instanceof Rejected) return time;
    if (mag instanceof Rejected) return mag;
    if (error instanceof Rejected) return error;
    if (flag instanceof Rejected) return flag;
    const band = readBand(row);
    if (band === null) return new Rejected("no name of a band");
    sink.add(id, band, time + curves.timeOffset, mag, error, flag);
    return null;
  };
}
