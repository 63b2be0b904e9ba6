import type { Queries } from "../database/database";
import { isFlagged } from "./point-flags";
import type { Release } from "./release";
import { SERIES_COLUMNS, VARIABILITY_COLUMNS, VARIABILITY_FLAGS, type Variability } from "./variability";

/** A light curve without computed values yet, and without its rejected points. */
export interface CurveToDescribe {
  readonly sourceId: bigint;
  readonly catalogueId: number;
  readonly band: string;
  readonly folded: boolean;
  readonly time: Float64Array;
  readonly mag: Float64Array;
  /** NaN if unknown; null if all are */
  readonly magError: Float64Array | null;
  /** [d] published of the star, and its type; null if not */
  readonly period: number | null;
  readonly periodError: number | null;
  readonly type: string | null;
}

/** Values computed from a light curve. */
export type ComputedVariability = Pick<CurveToDescribe, "sourceId" | "catalogueId" | "band" | "type"> &
  Omit<Variability, "catalogue" | "band" | "method" | "type">;

type Row = [
  sourceId: bigint,
  catalogueId: number,
  band: string,
  folded: boolean,
  time: number[],
  mag: number[],
  magError: (number | null)[],
  rejected: Uint8Array | null,
  period: number | null,
  periodError: number | null,
  type: string | null,
];

const LACKING = `light_curve l WHERE l.release = $1 AND NOT EXISTS (SELECT FROM variability v
  WHERE v.release = l.release AND v.source_id = l.source_id AND v.catalogue_id = l.catalogue_id AND v.band = l.band AND v.method = 'computed')`;

/** All bands of a star together, so that a period found in one band serves the others; the band with the most points first. */
const SELECT_LACKING = `
  WITH stars AS (SELECT DISTINCT l.source_id FROM ${LACKING} AND l.source_id > $2 ORDER BY 1 LIMIT $3)
  SELECT l.source_id, l.catalogue_id, l.band, l.folded, l.time, l.mag, l.mag_error, l.rejected, p.period, p.period_error, p.type
  FROM light_curve l JOIN stars USING (source_id) LEFT JOIN LATERAL (SELECT period, period_error, type FROM variability v
    WHERE v.release = l.release AND v.source_id = l.source_id AND v.method = 'published' AND v.period IS NOT NULL
    ORDER BY v.catalogue_id = l.catalogue_id DESC, v.catalogue_id LIMIT 1) p ON true
  WHERE l.release = $1 ORDER BY l.source_id, cardinality(l.time) DESC, l.catalogue_id, l.band`;

function toCurve([sourceId, catalogueId, band, folded, time, mag, errors, rejected, period, periodError, type]: Row): CurveToDescribe {
  const kept = time.map((_, index) => index).filter((index) => !isFlagged(rejected, index));
  const at = (values: readonly (number | null)[]) => Float64Array.from(kept, (index) => values[index] ?? Number.NaN);
  const magError = errors.length === 0 ? null : at(errors);
  return { sourceId, catalogueId, band, folded, time: at(time), mag: at(mag), magError, period, periodError, type };
}

/**
 * @param after source_id of the last processed star
 * @returns the light curves of the next `stars` stars that lack computed values, star by star
 */
export async function curvesLacking(queries: Queries, release: Release, after: bigint, stars: number): Promise<CurveToDescribe[]> {
  return (await queries.prepared<Row>("curves-lacking", SELECT_LACKING, [release, after, stars])).map(toCurve);
}

/** The number of light curves without computed values. */
export async function countLacking(queries: Queries, release: Release): Promise<number> {
  const [row] = await queries.query<{ n: bigint }>(`SELECT count(*) AS n FROM ${LACKING}`, [release]);
  return Number(row?.n ?? 0);
}

/** Deletes the computed values of a release, so that they are computed again. */
export async function forgetComputed(queries: Queries, release: Release): Promise<void> {
  await queries.query("DELETE FROM variability WHERE release = $1 AND method = 'computed'", [release]);
}

const SQL_TYPES = { float64: "double precision", float32: "real", int32: "integer", int16: "smallint" } as const;
const NUMBERS = Object.entries(VARIABILITY_COLUMNS).map(([name, { sql, type }]) => ({ name, sql, type: SQL_TYPES[type] }));
const SERIES = Object.entries(SERIES_COLUMNS).map(([name, { sql }]) => ({ name, sql, type: "real[]" }));
const KEYS = [
  { name: "sourceId", sql: "source_id", type: "bigint" },
  { name: "catalogueId", sql: "catalogue_id", type: "smallint" },
  { name: "band", sql: "band", type: "text" },
  { name: "type", sql: "type", type: "text" },
];
const COLUMNS = [...KEYS, ...NUMBERS, ...SERIES];

const STORE = `
  INSERT INTO variability (release, method, flags, ${COLUMNS.map(({ sql }) => sql).join(", ")})
  SELECT $1, 'computed', r.bits, ${COLUMNS.map(({ name }) => `r."${name}"`).join(", ")}
  FROM jsonb_to_recordset($2::jsonb) AS r(bits integer, ${COLUMNS.map(({ name, type }) => `"${name}" ${type}`).join(", ")})
  ON CONFLICT (release, source_id, catalogue_id, band, method) DO UPDATE SET flags = excluded.flags,
    ${COLUMNS.map(({ sql }) => `${sql} = excluded.${sql}`).join(", ")}`;

/** Writes computed values; they replace earlier ones of the same light curve. */
export async function storeComputed(queries: Queries, release: Release, rows: readonly ComputedVariability[]): Promise<void> {
  const records = rows.map(({ flags, ...row }) => ({
    ...row,
    sourceId: row.sourceId.toString(),
    bits: flags.reduce((bits, name) => bits | VARIABILITY_FLAGS[name], 0),
  }));
  await queries.query(STORE, [release, JSON.stringify(records)]);
}
