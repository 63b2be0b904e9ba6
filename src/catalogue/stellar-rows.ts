import { createHash } from "node:crypto";
import type { Queries } from "../database/database";
import { TOTAL_TO_SELECTIVE } from "../science/extinction";
import type { StellarColumn, StellarRow } from "./stellar-row";

const half = (quantity: string) => `(s.${quantity}_upper - s.${quantity}_lower) / 2`;

/** The source of each raw value: a column of the star `s`, or the n-th band of a survey's photometry. */
const EXPRESSIONS: Readonly<Record<StellarColumn, string>> = {
  parallax: "s.parallax",
  parallaxError: "s.parallax_error",
  photGMeanMag: "s.phot_g_mean_mag",
  photBpMeanMag: "s.phot_bp_mean_mag",
  photRpMeanMag: "s.phot_rp_mean_mag",
  rMedGeo: "s.r_med_geo",
  teffGspphot: "s.teff_gspphot",
  teffGspphotError: half("teff_gspphot"),
  loggGspphot: "s.logg_gspphot",
  loggGspphotError: half("logg_gspphot"),
  mhGspphot: "s.mh_gspphot",
  mhGspphotError: half("mh_gspphot"),
  ebv: "s.ebv",
  // Without a value from a map, GSP-Phot's monochromatic A0 (541.4 nm) replaces A(V): they differ by about 1%.
  av: `coalesce(${TOTAL_TO_SELECTIVE} * s.ebv, s.azero_gspphot)`,
  skymapperU: "skymapper.mag[skymapper.band[1]]",
  skymapperV: "skymapper.mag[skymapper.band[2]]",
  skymapperG: "skymapper.mag[skymapper.band[3]]",
  skymapperR: "skymapper.mag[skymapper.band[4]]",
  skymapperI: "skymapper.mag[skymapper.band[5]]",
  skymapperZ: "skymapper.mag[skymapper.band[6]]",
  skymapperUError: "skymapper.mag_error[skymapper.band[1]]",
  skymapperVError: "skymapper.mag_error[skymapper.band[2]]",
  skymapperGError: "skymapper.mag_error[skymapper.band[3]]",
  skymapperRError: "skymapper.mag_error[skymapper.band[4]]",
  skymapperIError: "skymapper.mag_error[skymapper.band[5]]",
  skymapperZError: "skymapper.mag_error[skymapper.band[6]]",
  twomassJ: "twomass.mag[twomass.band[1]]",
  twomassH: "twomass.mag[twomass.band[2]]",
  twomassKs: "twomass.mag[twomass.band[3]]",
  allwiseW1: "allwise.mag[allwise.band[1]]",
  allwiseW2: "allwise.mag[allwise.band[2]]",
};

/** A survey's catalogues, such as `skymapper`, `skymapper-dr4`, `synthetic-skymapper`, and the bands to read. */
const SURVEYS = {
  skymapper: { names: "^(synthetic-)?skymapper(-|$)", bands: ["u", "v", "g", "r", "i", "z"] },
  twomass: { names: "^(synthetic-)?2mass(-|$)", bands: ["j", "h", "ks"] },
  allwise: { names: "^(synthetic-)?allwise(-|$)", bands: ["w1", "w2"] },
} as const;
type Survey = keyof typeof SURVEYS;

/** The survey's catalogues with the index of each band in their arrays; a few rows, computed once per statement. */
function bandPlaces(survey: Survey): string {
  const { names, bands } = SURVEYS[survey];
  const places = bands.map((band) => `array_position(lower(bands::text)::text[], '${band}')`);
  return `${survey}_catalogue AS MATERIALIZED (SELECT id, name, ARRAY[${places}] AS band FROM catalogue WHERE name ~ '${names}')`;
}

/** One object per star and survey, always the same one if several match. */
function photometryOf(survey: Survey): string {
  return `LEFT JOIN LATERAL (SELECT p.mag, p.mag_error, c.band FROM photometry p JOIN ${survey}_catalogue c ON c.id = p.catalogue_id
      WHERE p.release = s.release AND p.source_id = s.source_id ORDER BY c.name, p.object_id LIMIT 1) ${survey} ON true`;
}

/** One statement for any columns; joins only the surveys that they need. */
function statement(columns: readonly StellarColumn[]): string {
  const expressions = columns.map((column) => EXPRESSIONS[column]);
  const surveys = (Object.keys(SURVEYS) as Survey[]).filter((survey) => expressions.some((sql) => sql.startsWith(`${survey}.`)));
  const catalogues = surveys.length ? `WITH ${surveys.map(bandPlaces).join(", ")} ` : "";
  return `${catalogues}SELECT ${["s.source_id", ...expressions].join(", ")} FROM star s ${surveys.map(photometryOf).join(" ")} WHERE s.release = $1 AND s.source_id = ANY($2::int8[])`;
}

type Cells = readonly [sourceId: bigint, ...(number | null)[]];

function toRow(columns: readonly StellarColumn[], [, ...cells]: Cells): StellarRow {
  return Object.fromEntries(columns.map((column, index) => [column, cells[index]]));
}

/** A unique name for each set of columns, within PostgreSQL's limit of 63 bytes. */
const statementName = (sql: string) => `stellar-rows-${createHash("sha1").update(sql).digest("hex")}`;

/**
 * Reads the raw values of given stars, in one statement.
 *
 * @param columns that a feature set reads
 * @returns one row per id, in order; null if the release has no such star
 */
export async function stellarRowsOf(
  queries: Queries,
  release: number,
  sourceIds: readonly bigint[],
  columns: readonly StellarColumn[],
): Promise<(StellarRow | null)[]> {
  const sql = statement(columns);
  const cells = await queries.prepared<Cells>(statementName(sql), sql, [release, sourceIds]);
  const byId = new Map(cells.map((one) => [one[0], toRow(columns, one)]));
  return sourceIds.map((id) => byId.get(id) ?? null);
}
