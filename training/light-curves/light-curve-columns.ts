import { AppError } from "../../src/errors";
import type { Cell } from "../../src/formats/table";
import { gaiaZeroPoint, magOfFlux } from "../../src/science/gaia-photometry";
import { magnitudeError } from "../../src/science/photometry";
import { cellNumber } from "../datasets/cell-number";

/** What the columns of a folder's two tables may be called; the first that is there is taken. */
const ID = ["gaia_dr2_source_id", "gaia_dr3_source_id", "source_id"] as const;
const STAR = {
  raDeg: ["ra_deg", "ra"],
  decDeg: ["dec_deg", "dec"],
  periodDays: ["period_d", "period", "pf"],
  feh: ["feh_photometric_dex", "feh_dex", "feh"],
  fold: ["cv_fold"],
  extinctionMag: ["a_g_mag", "a_g"],
  extinctionErrorMag: ["a_g_mag_error", "a_g_error"],
} as const;
const POINT = {
  phase: ["phase"],
  time: ["time_d", "time", "bjd", "hjd", "jd", "mjd"],
  mag: ["phot_g_mag", "g_transit_mag", "mag"],
  magError: ["phot_g_mag_error", "mag_error"],
  flux: ["phot_g_flux", "g_transit_flux", "flux"],
  fluxError: ["phot_g_flux_error", "g_transit_flux_error", "flux_error"],
} as const;
/** Of fluxes in electrons per second; the shape of a light curve does not depend on it. */
const ZERO_POINT = gaiaZeroPoint(3, "G");

export type StarValues = Readonly<Record<keyof typeof STAR, number>>;

export interface PointValues {
  /** [d], or [cycles] where the table is folded */
  readonly time: number;
  /** [mag] NaN if there is none, as of a flux that is not positive */
  readonly mag: number;
  /** [mag] NaN if it is not known */
  readonly magError: number;
}

/** Reads the rows of one table. */
export interface RowReader<Values> {
  readonly idColumn: string;
  /** @param row from 1, for messages @throws AppError BAD_INPUT */
  read(cells: readonly Cell[], row: number): { readonly sourceId: bigint } & Values;
}

class Columns {
  constructor(
    private readonly header: readonly string[],
    private readonly file: string,
  ) {}

  /** @returns the column's place, or -1 */
  find(names: readonly string[]): number {
    const name = names.find((one) => this.header.includes(one));
    return name === undefined ? -1 : this.header.indexOf(name);
  }

  /** @returns the place of the first of the columns, one of which must be there */
  require(names: readonly string[], what: string): number {
    const at = this.find(names);
    if (at >= 0) return at;
    throw new AppError("BAD_INPUT", `${this.file} has the columns ${this.header.join(", ")}: ${what} is wanted, as ${names.join(" or ")}.`);
  }

  number(cells: readonly Cell[], at: number, row: number): number {
    return at < 0 ? Number.NaN : cellNumber(cells[at], () => `${this.file}, row ${row}: the column ${this.header[at]}`);
  }

  sourceId(cells: readonly Cell[], at: number, row: number): bigint {
    const text = String(cells[at] ?? "").trim();
    if (/^\d{1,18}$|^[1-8]\d{18}$/.test(text)) return BigInt(text);
    throw new AppError(
      "BAD_INPUT",
      `${this.file}, row ${row}: '${text.slice(0, 40)}' is no source_id: a whole number below 2^63 is wanted.`,
    );
  }
}

/** @throws AppError BAD_INPUT if the table of stars has no source_id */
export function starReader(header: readonly string[], file: string): RowReader<StarValues> {
  const columns = new Columns(header, file);
  const id = columns.require(ID, "the star's source_id");
  const at = Object.entries(STAR).map(([key, names]) => [key, columns.find(names)] as const);
  return {
    idColumn: header[id]!,
    read(cells, row) {
      const values = Object.fromEntries(at.map(([key, column]) => [key, columns.number(cells, column, row)])) as StarValues;
      return { sourceId: columns.sourceId(cells, id, row), ...values };
    },
  };
}

/** @throws AppError BAD_INPUT if the table of points lacks source_id, phase or time, or magnitude and flux */
export function pointReader(header: readonly string[], file: string): RowReader<PointValues> & { readonly folded: boolean } {
  const columns = new Columns(header, file);
  const id = columns.require(ID, "the star's source_id");
  // Of times a period can be found, or another one tried; phases hold the one that they were folded with.
  const folded = columns.find(POINT.time) < 0;
  const time = folded
    ? columns.require([...POINT.phase, ...POINT.time], "the phase in cycles, or the time in days,")
    : columns.find(POINT.time);
  const isFlux = columns.find(POINT.mag) < 0;
  const value = isFlux
    ? columns.require([...POINT.mag, ...POINT.flux], "the magnitude, or the flux in electrons per second,")
    : columns.find(POINT.mag);
  const error = columns.find(isFlux ? POINT.fluxError : POINT.magError);
  return {
    idColumn: header[id]!,
    folded,
    read(cells, row) {
      const measured = columns.number(cells, value, row);
      const deviation = columns.number(cells, error, row);
      return {
        sourceId: columns.sourceId(cells, id, row),
        time: columns.number(cells, time, row),
        mag: isFlux ? magOfFlux(measured, ZERO_POINT) : measured,
        magError: isFlux ? magnitudeError(measured / deviation) : deviation,
      };
    },
  };
}
