import { AppError } from "../../../errors";
import { ColumnIndex } from "../../../formats/column-index";
import type { Cell } from "../../../formats/table";
import { columnConverter } from "../../../formats/units/column-conversion";
import { GAIA_BANDS, type GaiaBand, gaiaZeroPoint, magOfFlux } from "../../../science/gaia-photometry";
import { magnitudeError } from "../../../science/photometry";
import type { Release } from "../../release";
import { Rejected } from "../column";
import type { FileHead } from "../plan";
import { type BandColumns, LONG, UNITS, WIDE } from "./band-columns";
import { flagsOfCell, numbersOfCell, type PointSink, type ReadPoints } from "./points";
import { repeatedSourceIdReader } from "./source-id-reader";

type Numbers = ArrayLike<number>;
const NONE: Numbers = [];

/** A table of epoch photometry. */
interface Table {
  readonly head: FileHead;
  readonly index: ColumnIndex;
  readonly release: Release;
}

/** A list in text becomes an array, so that its unit can be converted as that of an array is. */
function convertible(cell: Cell, name: string): Cell | Rejected {
  if (typeof cell !== "string") return cell;
  const numbers = numbersOfCell(cell, name);
  return numbers instanceof Rejected ? numbers : Array.from(numbers, (value) => (Number.isNaN(value) ? null : value));
}

/** Reads the numbers of a column, none if the file lacks it. @throws AppError BAD_INPUT if its unit cannot be converted */
function numbersReader({ head, index }: Table, name: string, unit: string | null): (row: readonly Cell[]) => Numbers | Rejected {
  const position = index.find(name);
  if (position === -1) return () => NONE;
  const convert = columnConverter(head.columns[position]!, { unit }, head.name);
  if (convert === null) return (row) => numbersOfCell(row[position]!, name);
  return (row) => {
    const cell = convertible(row[position]!, name);
    return cell instanceof Rejected ? cell : numbersOfCell(convert(cell), name);
  };
}

/** What a band's columns say of a row's points. */
interface BandCells {
  readonly time: Numbers;
  readonly mag: Numbers;
  readonly flux: Numbers;
  readonly fluxError: Numbers;
  readonly fluxOverError: Numbers;
  /** By point, whatever rejected it; null if nothing rejected any. */
  readonly rejected: readonly boolean[] | null;
}

type ReadCells = (row: readonly Cell[]) => BandCells | Rejected;

/** Whether there is a number for every point. */
function isWhole(values: Numbers, length: number): boolean {
  if (values.length !== length) return false;
  for (let at = 0; at < length; at++) if (Number.isNaN(values[at])) return false;
  return true;
}

const either = (a: readonly boolean[], b: readonly boolean[]): boolean[] =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, at) => (a[at] ?? false) || (b[at] ?? false));

/** What any of the flags says of each point: a flag that the file lacks, or a null in place of an array, says nothing. */
function flagsReader(index: ColumnIndex, names: readonly string[]): (row: readonly Cell[]) => readonly boolean[] | Rejected | null {
  const columns = names.filter((name) => index.find(name) !== -1).map((name) => ({ name, position: index.find(name) }));
  return (row) => {
    let any: readonly boolean[] | null = null;
    for (const { name, position } of columns) {
      const flags = flagsOfCell(row[position]!, name);
      if (flags instanceof Rejected) return flags;
      if (!flags.includes(true)) continue;
      any = any === null ? flags : either(any, flags);
    }
    return any;
  };
}

/** Fluxes are read only where the magnitudes or their errors have to be made of them: half the work of a long row. */
function cellsReader(table: Table, columns: BandColumns, band: GaiaBand): ReadCells {
  const numbers = (name: keyof typeof UNITS) => numbersReader(table, columns[name], UNITS[name]);
  const [readTime, readMag, readRatio] = [numbers("time"), numbers("mag"), numbers("fluxOverError")];
  const [readFlux, readError] = [numbers("flux"), numbers("fluxError")];
  const readFlags = flagsReader(table.index, columns.rejected);
  return (row) => {
    const [time, mag, ratio] = [readTime(row), readMag(row), readRatio(row)];
    if (time instanceof Rejected) return time;
    if (mag instanceof Rejected) return mag;
    if (ratio instanceof Rejected) return ratio;
    const known = isWhole(mag, time.length) && isWhole(ratio, time.length);
    const [flux, error] = known ? [NONE, NONE] : [readFlux(row), readError(row)];
    if (flux instanceof Rejected) return flux;
    if (error instanceof Rejected) return error;
    const rejected = readFlags(row);
    if (rejected instanceof Rejected) return rejected;
    const odd = [mag, flux, ratio, error, rejected ?? NONE].some(({ length }) => length > 1 && length !== time.length);
    return odd
      ? new Rejected(`arrays of unequal length in ${band}`)
      : { time, mag, flux, fluxError: error, fluxOverError: ratio, rejected };
  };
}

/**
 * Reads one band's points of a row, however many there are. The file's own magnitude counts; where it has none, the
 * flux [electron/s] with the release's zero point. Errors are those of the flux: the zero point's is common to all.
 *
 * @param optional whether a row may lack the band
 */
function bandReader(table: Table, columns: BandColumns, band: GaiaBand, optional: boolean) {
  const read = cellsReader(table, columns, band);
  const zeroPoint = gaiaZeroPoint(table.release, band);
  return (row: readonly Cell[], sourceId: bigint, sink: PointSink): Rejected | null => {
    const cells = read(row);
    if (cells instanceof Rejected) return cells;
    for (let at = 0; at < cells.time.length; at++) {
      const [time, flux] = [cells.time[at]!, cells.flux[at] ?? Number.NaN];
      let mag = cells.mag[at] ?? Number.NaN;
      // A transit that did not measure this band: in a table of transits that is no fault.
      if (optional && Number.isNaN(time) && Number.isNaN(flux) && Number.isNaN(mag)) continue;
      if (flux <= 0) {
        sink.leaveOut(`flux is not positive in ${band}`);
        continue;
      }
      if (Number.isNaN(mag)) mag = magOfFlux(flux, zeroPoint);
      const ratio = cells.fluxOverError[at] ?? Number.NaN;
      const error = magnitudeError(Number.isNaN(ratio) ? flux / (cells.fluxError[at] ?? Number.NaN) : ratio);
      sink.add(sourceId, band, time, mag, error, cells.rejected?.[at] ?? false);
    }
    return null;
  };
}

const readIdOf = ({ head, index, release }: Table) =>
  repeatedSourceIdReader(head, index, { column: "source_id", release, isGaiaTable: true });

function longReader(table: Table): ReadPoints {
  const [readId, bandAt] = [readIdOf(table), table.index.find("band")];
  const readers = new Map<string, ReturnType<typeof bandReader>>();
  for (const band of GAIA_BANDS) readers.set(band, bandReader(table, LONG, band, false));
  return (row, sink) => {
    const id = readId(row);
    if (id instanceof Rejected) return id;
    const read = readers.get(
      String(row[bandAt] ?? "")
        .trim()
        .toUpperCase(),
    );
    return read ? read(row, id, sink) : new Rejected("band is not G, BP or RP");
  };
}

function wideReader(table: Table): ReadPoints {
  const readId = readIdOf(table);
  const readers = GAIA_BANDS.map((band) => bandReader(table, WIDE[band], band, true));
  return (row, sink) => {
    const id = readId(row);
    if (id instanceof Rejected) return id;
    for (const read of readers) {
      const fault = read(row, id, sink);
      if (fault !== null) return fault;
    }
    return null;
  };
}

/**
 * How a table of Gaia's epoch photometry is read, in each of the forms that the archive serves: a row a transit and
 * band (DR2, and DR3 until 2024), a row a transit, or a row a source with arrays (RAW, and the bulk download). Times are
 * BJD (TCB) - 2455197.5 d.
 *
 * @throws AppError BAD_INPUT if the table is none of them
 */
export function epochPhotometryReader(head: FileHead, release: Release): ReadPoints {
  const { columns, name } = head;
  const index = new ColumnIndex(columns, name);
  const table = { head, index, release };
  const has = (...names: readonly string[]) => names.every((one) => index.find(one) !== -1);
  if (has("source_id", "band", "time") && (has("mag") || has("flux"))) return longReader(table);
  if (has("source_id", "g_transit_time") && (has("g_transit_mag") || has("g_transit_flux"))) return wideReader(table);
  throw new AppError(
    "BAD_INPUT",
    `${name} is not Gaia's epoch photometry: wanted source_id with band, time and mag or flux, or with g_transit_time and g_transit_mag or g_transit_flux. Found: ${index.describe()}. For another table give --mapping with 'lightCurves'.`,
  );
}
