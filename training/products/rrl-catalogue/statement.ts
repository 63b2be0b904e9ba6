import { column } from "../../../src/catalogue/bulk/columns";
import { literal, type SelectedColumn, selectList } from "../../../src/catalogue/bulk/select";
import { PREDICTION_FLAGS } from "../../../src/catalogue/prediction-flags";
import type { Release } from "../../../src/catalogue/release";
import type { CopyForm } from "../../../src/formats/output-table";

/** What the catalogue is made from. */
export interface CatalogueRequest {
  readonly release: Release;
  /** row ids of the versions whose estimates are taken, the most trusted first */
  readonly versionIds: readonly number[];
}

/** Fundamental mode, or not said: that is what the models were trained on. */
const FUNDAMENTAL = "coalesce(v.type IN ('RRab', 'RR'), true)";

/** Beyond what training saw, a stated error holds no longer: any other model is asked first. */
const BEYOND = PREDICTION_FLAGS.INPUT_OUTSIDE_LIMITS | PREDICTION_FLAGS.LABEL_EXTRAPOLATED;

const flag = (condition: string, name: string) => `CASE WHEN ${condition} THEN '${name}' END`;

/** Names between bars; nothing where nothing is doubtful. */
const FLAGS = `nullif(concat_ws('|', ${[
  ...Object.entries(PREDICTION_FLAGS).map(([name, bit]) => flag(`e.flags & ${bit} <> 0`, name)),
  flag(`NOT ${FUNDAMENTAL}`, "OTHER_MODE"),
  flag("c.points IS NULL", "NO_LIGHT_CURVE"),
  flag(`c.points IS NOT NULL AND ${FUNDAMENTAL} AND e.value IS NULL`, "NO_ESTIMATE"),
].join(", ")}), '')`;

export const CATALOGUE_COLUMNS: readonly SelectedColumn[] = [
  column("source_id", "r.source_id", "int64", "Gaia source_id, of the catalogue's release", null, "meta.id;meta.main"),
  column("ra", "s.ra", "float64", "right ascension, ICRS", "deg", "pos.eq.ra;meta.main"),
  column("dec", "s.dec", "float64", "declination, ICRS", "deg", "pos.eq.dec;meta.main"),
  column("type", "v.type", "string", "kind of RR Lyrae, as published", null, "meta.code.class"),
  column("period", "v.period", "float64", "pulsation period, published or found", "d", "time.period"),
  column("points", "c.points", "int32", "points of the light curve in G"),
  column("phase_gap", "c.phase_gap", "float32", "largest part of the cycle without a point, where it was computed"),
  column("feh", "e.value", "float32", "[Fe/H]", "dex", "phys.abund.Fe"),
  column("feh_error", "e.uncertainty", "float32", "one standard error of feh", "dex", "stat.error;phys.abund.Fe"),
  column("model", "e.model", "string", "which model's estimate it is"),
  column("estimates", "coalesce(a.estimates, 0)", "int32", "models that gave one"),
  column("feh_lowest", "a.lowest", "float32", "lowest of the models' estimates", "dex", "phys.abund.Fe;stat.min"),
  column("feh_highest", "a.highest", "float32", "highest of the models' estimates", "dex", "phys.abund.Fe;stat.max"),
  column("flags", FLAGS, "string", "what to doubt, or why there is no estimate, between bars", null, "meta.code.qual"),
];

/** A condition on a column that holds source_ids. */
export type Which = (sourceId: string) => string;

/**
 * A star is an RR Lyrae where a catalogue says so, or where it has a light curve in G and nothing says what it is.
 *
 * @param limit most stars, those with the smallest source_ids; all when absent
 */
function rrLyrae({ release }: CatalogueRequest, which: Which, limit?: number): string {
  const first = `ORDER BY 1${limit === undefined ? "" : ` LIMIT ${limit}`}`;
  return `(SELECT DISTINCT l.source_id FROM light_curve l WHERE l.release = ${literal(release)} AND l.band = 'G' AND ${which("l.source_id")}
      AND NOT EXISTS (SELECT FROM variability k WHERE k.release = l.release AND k.source_id = l.source_id AND k.type NOT LIKE 'RR%') ${first})
    UNION (SELECT DISTINCT k.source_id FROM variability k
      WHERE k.release = ${literal(release)} AND k.type LIKE 'RR%' AND ${which("k.source_id")} ${first}) ${first}`;
}

/** What is known of each star `r`, and the estimate that is chosen: of the most trusted model that did not have to go beyond its training. */
function joins(versionIds: readonly number[]): string {
  const trusted = `(VALUES ${versionIds.map((id, rank) => `(${literal(id)}, ${literal(rank)})`).join(", ")}) t(id, rank)`;
  const estimates = `predicted_label p JOIN ${trusted} ON t.id = p.model_version_id JOIN model_version m ON m.id = t.id
      WHERE p.release = r.release AND p.source_id = r.source_id AND p.label = 'feh' AND ${FUNDAMENTAL}`;
  return `
    LEFT JOIN star s ON s.release = r.release AND s.source_id = r.source_id
    LEFT JOIN LATERAL (SELECT (SELECT max(k.type) FROM variability k WHERE k.release = r.release AND k.source_id = r.source_id) AS type,
        (SELECT k.period FROM variability k WHERE k.release = r.release AND k.source_id = r.source_id AND k.period IS NOT NULL
          ORDER BY k.method, k.epochs DESC NULLS LAST LIMIT 1) AS period) v ON true
    LEFT JOIN LATERAL (SELECT cardinality(l.time) AS points, k.phase_gap FROM light_curve l LEFT JOIN variability k
          ON k.release = l.release AND k.source_id = l.source_id AND k.catalogue_id = l.catalogue_id AND k.band = 'G' AND k.method = 'computed'
        WHERE l.release = r.release AND l.source_id = r.source_id AND l.band = 'G' ORDER BY 1 DESC LIMIT 1) c ON true
    LEFT JOIN LATERAL (SELECT p.value, p.uncertainty, p.flags, m.model_name || '@' || m.version AS model
        FROM ${estimates}
        ORDER BY (p.flags & ${BEYOND}) <> 0, t.rank LIMIT 1) e ON true
    LEFT JOIN LATERAL (SELECT count(*)::int AS estimates, min(p.value) AS lowest, max(p.value) AS highest FROM ${estimates}) a ON true`;
}

/**
 * @param which further condition on the stars
 * @param limit most stars; all when absent
 * @returns the statement that reads the catalogue's rows by source_id
 */
export function catalogueStatement(
  request: CatalogueRequest,
  columns: readonly SelectedColumn[],
  form: CopyForm,
  which: Which,
  limit?: number,
): string {
  return `WITH r AS MATERIALIZED (SELECT ${literal(request.release)}::smallint AS release, source_id FROM (${rrLyrae(request, which, limit)}) ids)
    SELECT ${selectList(columns, form)} FROM r ${joins(request.versionIds)} ORDER BY r.source_id`;
}

/** @returns the statement that counts the catalogue's stars */
export const countStatement = (request: CatalogueRequest, which: Which): string => `SELECT count(*) FROM (${rrLyrae(request, which)}) ids`;
