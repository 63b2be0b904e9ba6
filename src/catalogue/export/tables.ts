import { MATCH_FLAG_BITS } from "../../science/crossmatch/match-flags";
import { column, STAR, surveyLabels } from "../bulk/columns";
import type { SelectedColumn } from "../bulk/select";
import { VARIABILITY_COLUMNS, VARIABILITY_FLAG_BITS, type VariabilityColumn } from "../variability";
import { VARIABILITY_UCDS } from "../variability-ucds";
import type { ExportedLabel } from "./label-columns";

/** What can be exported: a row a star, or the rows that a table holds of each star. */
export interface ExportTable {
  readonly columns: readonly SelectedColumn[];
  /** null: the star `s` itself; else where its rows come from, `d` being the table with release and source_id */
  readonly rows: { readonly from: string; readonly where: string; readonly order: string } | null;
  /** where the star itself is a row: which stars, and what is joined to `s` */
  readonly beside?: { readonly has: string; readonly joins: string };
  /** Stars whose rows are read by one statement, where it is not CHUNK_STARS. */
  readonly chunkStars?: number;
  /** what the rows may be narrowed to besides the filter of stars */
  readonly by: "catalogue" | "model" | null;
}

export const KEY = [
  column("source_id", "s.source_id", "int64", "Gaia source identifier, unique within its data release", null, "meta.id;meta.main"),
  column("release", "s.release", "int16", "Gaia data release that source_id belongs to", null, "meta.version"),
];
const OBJECT_ID = column("object_id", "d.object_id", "string", "the object's identifier in its own catalogue", null, "meta.id");
/** One bit a point, the first the highest of its byte; PostgreSQL counts a byte's bits from the lowest. */
const REJECTED = "d.rejected IS NOT NULL AND get_bit(d.rejected, (b.place - 1) / 8 * 8 + 7 - (b.place - 1) % 8) = 1";
/** Labels in dex that have no column of their own, as JSON. */
const ABUNDANCES = `(SELECT jsonb_object_agg(k.name, jsonb_build_array(v.value, v.error))::text
  FROM survey_label_value v JOIN catalogue_label k ON k.id = v.label_id AND k.unit = 'dex'
  WHERE v.catalogue_id = d.catalogue_id AND v.object_id = d.object_id)`;
const LABELLED = [
  ...KEY,
  column("survey", "c.name", "string", "name of the survey's catalogue", null, "meta.dataset"),
  column("synthetic", "c.synthetic", "boolean", "made by `asterism synthesize`, never observed"),
  OBJECT_ID,
];
const SURVEY_FLAGS = column("flags", "d.flags", "int64", "the survey's own quality bits", null, "meta.code.qual");
const CATALOGUE = column("catalogue", "c.name", "string", "name of the catalogue", null, "meta.dataset");

/** Everything that can be exported, by the name it is asked for. */
export const EXPORT_TABLES = {
  stars: { columns: [...KEY, ...STAR], rows: null, by: null },
  labels: {
    columns: [
      ...LABELLED,
      ...surveyLabels("d"),
      SURVEY_FLAGS,
      column("abundances", ABUNDANCES, "string", 'further abundances as JSON: {"mgFe": [value, error]} [dex]; each as columns: `labels`'),
    ],
    rows: { from: "survey_label d JOIN catalogue c ON c.id = d.catalogue_id", where: "true", order: "c.name, d.object_id" },
    by: "catalogue",
  },
  photometry: {
    columns: [
      ...KEY,
      CATALOGUE,
      OBJECT_ID,
      column("band", "b.band", "string", "name of the band in its catalogue", null, "instr.bandpass"),
      column("mag_system", "c.mag_system", "string", "AB or Vega; null where the catalogue does not say"),
      column("mag", "b.mag", "float32", "magnitude", "mag", "phot.mag"),
      column("mag_error", "b.mag_error", "float32", "standard error of mag", "mag", "stat.error;phot.mag"),
    ],
    rows: {
      from: `photometry d JOIN catalogue c ON c.id = d.catalogue_id
        CROSS JOIN LATERAL unnest(c.bands, d.mag, d.mag_error) WITH ORDINALITY b(band, mag, mag_error, place)`,
      where: "b.mag IS NOT NULL AND b.band IS NOT NULL AND b.mag NOT IN ('NaN', 'Infinity', '-Infinity')",
      order: "c.name, d.object_id, b.place",
    },
    by: "catalogue",
  },
  crossmatches: {
    columns: [
      ...KEY,
      CATALOGUE,
      OBJECT_ID,
      column(
        "separation",
        "d.separation",
        "float32",
        "distance after propagation to the catalogue's epoch; null: by identifier",
        "arcsec",
        "pos.angDistance",
      ),
      column("method", "d.method", "string", "how the match was made"),
      column("separation_error", "d.separation_error", "float32", "standard error of separation along an axis", "arcsec"),
      column("significance", "d.significance", "float32", "separation over its error"),
      column("rank", "d.rank", "int16", "1: the likeliest star within the radius"),
      column("neighbours", "d.neighbours", "int32", "stars within the radius of the object"),
      column("mates", "d.mates", "int32", "other objects of the catalogue that are matched to the star"),
      column(
        "best_for_star",
        "d.best_for_star",
        "boolean",
        "of the catalogue's objects that are matched to the star, it fits this one best",
      ),
      column("radius", "d.radius", "float32", "in which stars were searched for", "arcsec"),
      column("flags", "d.flags", "int32", `bits that say why the match deserves doubt: ${MATCH_FLAG_BITS}`),
    ],
    rows: { from: "crossmatch d JOIN catalogue c ON c.id = d.catalogue_id", where: "true", order: "c.name, d.object_id" },
    by: "catalogue",
  },
  variability: {
    columns: [
      ...KEY,
      CATALOGUE,
      column("band", "nullif(d.band, '')", "string", "name of the band; null where the catalogue does not say", null, "instr.bandpass"),
      column("method", "d.method", "string", "published, or computed from the catalogue's light curve"),
      column("type", "d.type", "string", "RRab, RRc, ... as published", null, "meta.code.class"),
      ...(Object.keys(VARIABILITY_COLUMNS) as VariabilityColumn[]).map((name) => {
        const { sql, type, unit, description } = VARIABILITY_COLUMNS[name];
        return column(sql, `d.${sql}`, type, description, unit, VARIABILITY_UCDS[name]);
      }),
      column("flags", "d.flags", "int32", `bits that say why the values deserve doubt: ${VARIABILITY_FLAG_BITS}`, null, "meta.code.qual"),
    ],
    rows: { from: "variability d JOIN catalogue c ON c.id = d.catalogue_id", where: "true", order: "c.name, d.band, d.method" },
    by: "catalogue",
  },
  "light-curves": {
    columns: [
      ...KEY,
      CATALOGUE,
      column("band", "d.band", "string", "name of the band", null, "instr.bandpass"),
      column("folded", "d.folded", "boolean", "whether time is the phase, in cycles"),
      column("time", "b.time", "float64", "since BJD (TCB) 2455197.5; or the phase [-]", "d", "time.epoch"),
      column("mag", "b.mag", "float32", "magnitude", "mag", "phot.mag"),
      column("mag_error", "b.mag_error", "float32", "standard error of mag", "mag", "stat.error;phot.mag"),
      column("rejected", REJECTED, "boolean", "rejected by the catalogue's photometry or variability analysis"),
    ],
    rows: {
      from: `light_curve d JOIN catalogue c ON c.id = d.catalogue_id
        CROSS JOIN LATERAL unnest(d.time, d.mag, d.mag_error) WITH ORDINALITY b(time, mag, mag_error, place)`,
      where: "true",
      order: "c.name, d.band, b.place",
    },
    // Of some 150 points each.
    chunkStars: 500,
    by: "catalogue",
  },
} as const satisfies Record<string, ExportTable>;

/** The table of labels with only those that are asked for, of the objects that have any of them. */
export function labelsTable(labels: readonly ExportedLabel[]): ExportTable {
  const { rows, by } = EXPORT_TABLES.labels;
  const has = labels.map((label) => label.has).join(" OR ");
  return { columns: [...LABELLED, ...labels.flatMap(({ columns }) => columns), SURVEY_FLAGS], rows: { ...rows, where: `(${has})` }, by };
}

/** What a version predicts, whose tables are made for it: a row a star and output, or a row a star. */
export const PREDICTED_NAMES = ["predictions", "predicted-stars"] as const;
export type PredictedName = (typeof PREDICTED_NAMES)[number];

export type ExportName = keyof typeof EXPORT_TABLES | PredictedName;
export const EXPORT_NAMES: readonly ExportName[] = [...(Object.keys(EXPORT_TABLES) as (keyof typeof EXPORT_TABLES)[]), ...PREDICTED_NAMES];
