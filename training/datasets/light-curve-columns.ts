import { AppError } from "../../src/errors";
import type { Cell } from "../../src/formats/table";
import { cellNumber } from "./cell-number";

/** What the columns of a folder's two tables may be called; the first that is there is taken. */
const ID = ["gaia_dr2_source_id", "gaia_dr3_source_id", "source_id"] as const;
const STAR = {
  raDeg: ["ra_deg", "ra"],
  decDeg: ["dec_deg", "dec"],
  periodDays: ["period_d", "period", "pf"],
  feh: ["feh_photometric_dex", "feh_dex", "feh"],
  fold: ["cv_fold"],
} as const;
const POINT = {
  phase: ["phase"],
  time: ["time_d", "time", "bjd", "hjd", "jd", "mjd"],
  mag: ["phot_g_mag", "g_transit_mag", "mag"],
  magError: ["phot_g_mag_error", "mag_error"],
} as const;

export type StarValues = Readonly<Record<keyof typeof STAR, number>>;

export interface PointValues {
  /** [d], or [cycles] where the table is folded */
  readonly time: number;
  /** [mag] NaN where there is none */
  readonly mag: number;
  /** [mag] NaN where it is not known */
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

/** @throws AppError BAD_INPUT where the table of stars has no source_id */
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

/** @throws AppError BAD_INPUT where the table of points lacks source_id, phase or time, or magnitude */
export function pointReader(header: readonly string[], file: string): RowReader<PointValues> & { readonly folded: boolean } {
  const columns = new Columns(header, file);
  const id = columns.require(ID, "the star's source_id");
  const folded = columns.find(POINT.phase) >= 0;
  const time = columns.require(folded ? POINT.phase : POINT.time, "the phase in cycles or the time in days");
  const mag = columns.require(POINT.mag, "the magnitude");
  const magError = columns.find(POINT.magError);
  return {
    idColumn: header[id]!,
    folded,
    read(cells, row) {
      return {
        sourceId: columns.sourceId(cells, id, row),
        time: columns.number(cells, time, row),
        mag: columns.number(cells, mag, row),
        magError: columns.number(cells, magError, row),
      };
    },
  };
}
