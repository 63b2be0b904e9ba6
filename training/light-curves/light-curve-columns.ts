import { AppError } from "../../src/errors";
import type { Cell, Column } from "../../src/formats/table";
import { gaiaZeroPoint, magOfFlux } from "../../src/science/gaia-photometry";
import { magnitudeError } from "../../src/science/photometry";
import { TableColumns } from "../datasets/table-columns";

/** What the columns of a folder's two tables may be called; the first that is there is taken. */
const ID = ["gaia_dr2_source_id", "gaia_dr3_source_id", "source_id"] as const;
const STAR = {
  raDeg: ["ra_deg", "ra"],
  decDeg: ["dec_deg", "dec"],
  periodDays: ["period_d", "period", "pf", "period_days", "period_day", "per"],
  feh: ["feh_photometric_dex", "feh_dex", "feh"],
  fold: ["cv_fold"],
  extinctionMag: ["a_g_mag", "a_g"],
  extinctionErrorMag: ["a_g_mag_error", "a_g_error"],
} as const;
const POINT = {
  phase: ["phase"],
  time: ["time_d", "time", "g_transit_time", "bjd", "hjd", "jd", "mjd"],
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

/** The units that the values are wanted in; null for numbers without one. */
const STAR_UNITS: Readonly<Record<keyof typeof STAR, string | null>> = {
  raDeg: "deg",
  decDeg: "deg",
  periodDays: "d",
  feh: "dex",
  fold: null,
  extinctionMag: "mag",
  extinctionErrorMag: "mag",
};

/** `Period_fundamental`, `P1_period`, `P [d]`, but not their errors. */
const LIKE_PERIOD = /period|^p(?:er)?(?:[\W_]|$)/i;
const ABOUT_PERIOD = /err|unc|sig|fap|flag|num|prob|^e_|_e$/i;

/** A period that was passed over would be searched for, with another result and without a word. */
function refuseOddPeriod(columns: TableColumns, file: string): void {
  if (columns.find(STAR.periodDays) >= 0) return;
  const odd = columns.columns.find(({ name }) => LIKE_PERIOD.test(name) && !ABOUT_PERIOD.test(name));
  if (odd === undefined) return;
  throw new AppError(
    "BAD_INPUT",
    `${file}: the column '${odd.name}' may be the period, but is not called ${STAR.periodDays.join(" or ")}. Rename it; or remove it, and periods are searched for.`,
  );
}

/** @throws AppError BAD_INPUT if the table of stars has no source_id, or a unit that cannot be converted */
export function starReader(header: readonly Column[], file: string): RowReader<StarValues> {
  const columns = new TableColumns(header, file);
  const id = columns.require(ID, "the star's source_id");
  const readId = columns.sourceIds(id);
  refuseOddPeriod(columns, file);
  const names = Object.keys(STAR) as (keyof typeof STAR)[];
  const readers = names.map((name) => [name, columns.numbers(columns.find(STAR[name]), STAR_UNITS[name])] as const);
  return {
    idColumn: header[id]!.name,
    read(cells, row) {
      const values = Object.fromEntries(readers.map(([name, read]) => [name, read(cells, row)])) as StarValues;
      return { sourceId: readId(cells, row), ...values };
    },
  };
}

/** @throws AppError BAD_INPUT if the table of points lacks source_id, phase or time, or magnitude and flux, or a unit cannot be converted */
export function pointReader(header: readonly Column[], file: string): RowReader<PointValues> & { readonly folded: boolean } {
  const columns = new TableColumns(header, file);
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
  const unit = isFlux ? "electron/s" : "mag";
  const [readId, readTime] = [columns.sourceIds(id), columns.numbers(time, folded ? null : "d")];
  const [readValue, readError] = [
    columns.numbers(value, unit),
    columns.numbers(columns.find(isFlux ? POINT.fluxError : POINT.magError), unit),
  ];
  return {
    idColumn: header[id]!.name,
    folded,
    read(cells, row) {
      const [measured, deviation] = [readValue(cells, row), readError(cells, row)];
      return {
        sourceId: readId(cells, row),
        time: readTime(cells, row),
        mag: isFlux ? magOfFlux(measured, ZERO_POINT) : measured,
        magError: isFlux ? magnitudeError(measured / deviation) : deviation,
      };
    },
  };
}
