import { column, STAR, surveyLabels } from "../bulk/columns";
import { literal, type SelectedColumn } from "../bulk/select";
import type { Release } from "../release";

/** A model version whose stored predictions are looked up. */
export interface PredictingVersion {
  /** row id */
  readonly id: number;
  readonly model: string;
  readonly version: number;
  readonly labels: readonly { readonly name: string; readonly unit: string }[];
}

/** A survey whose labels are looked up. */
export interface LookedUpSurvey {
  readonly id: number;
  readonly name: string;
  readonly aliases: readonly string[];
  /** those that have no column in survey_label */
  readonly furtherLabels: readonly {
    readonly id: number;
    readonly name: string;
    readonly unit: string | null;
    readonly description: string | null;
  }[];
}

/** Columns that are read together, and the joins to the ids `i` that they need. */
export interface ColumnGroup {
  readonly columns: readonly SelectedColumn[];
  readonly join: string;
}

/** A column's prefix: letters, digits and underscores, which every reader of tables takes without quotes. */
export const prefix = (name: string) => name.replaceAll(/[^A-Za-z0-9]+/g, "_");

/** One star an id at most. OFFSET 0 keeps each look-up on the primary key: by estimates, PostgreSQL would read whole tables instead. */
export const starGroup = (release: Release): ColumnGroup => ({
  columns: STAR,
  join: `LEFT JOIN LATERAL (SELECT * FROM star WHERE release = ${literal(release)} AND source_id = i.source_id OFFSET 0) s ON true`,
});

const LABELS = [
  column("object_id", "d.object_id", "string", "the object's identifier"),
  ...surveyLabels("d"),
  column("flags", "d.flags", "int64", "the survey's own quality bits"),
];

/**
 * Labels of the surveys, of several objects of one star those with the best spectrum. All of them come by one look-up an
 * id: there is one row a survey then, and max() picks it. Rows of many ids that are joined afterwards are joined in nested
 * loops, because PostgreSQL expects one row of them.
 */
export function surveysGroup(release: Release, surveys: readonly LookedUpSurvey[]): ColumnGroup {
  const placed = surveys.flatMap(({ id, name }) =>
    LABELS.map((one) => ({
      id,
      sql: one.sql,
      alias: `c${id}_${one.name}`,
      column: { ...one, name: `${prefix(name)}_${one.name}`, description: `${name}: ${one.description}` },
    })),
  );
  const picks = placed.map(({ id, sql, alias }) => `max(${sql}) FILTER (WHERE d.catalogue_id = ${literal(id)}) AS ${alias}`);
  return {
    columns: placed.map(({ column: one, alias }) => ({ ...one, sql: `l.${alias}` })),
    join: `LEFT JOIN LATERAL (SELECT ${picks.join(", ")} FROM (
      SELECT DISTINCT ON (l.catalogue_id) l.* FROM survey_label l
      WHERE l.release = ${literal(release)} AND l.source_id = i.source_id AND l.catalogue_id IN (${surveys.map(({ id }) => literal(id)).join(", ")})
      ORDER BY l.catalogue_id, l.snr DESC NULLS LAST, l.object_id) d) l ON true`,
  };
}

/** What is kept of each further label. */
const FURTHER = [
  { sql: "value", suffix: "", type: "float32", says: "", hasUnit: true },
  { sql: "error", suffix: "_error", type: "float32", says: "error of ", hasUnit: true },
  { sql: "flag", suffix: "_flag", type: "int64", says: "the survey's own quality bits of ", hasUnit: false },
] as const;

/** Labels of one survey that are rows of survey_label_value: of the object that `surveysGroup` picks. */
export function furtherLabelsGroup(release: Release, { id, name, furtherLabels }: LookedUpSurvey): ColumnGroup {
  const alias = `f${id}`;
  const placed = furtherLabels.flatMap((label) => FURTHER.map((part) => ({ ...part, label, place: `${part.sql}_${label.id}` })));
  const columns = placed.map(({ label, place, suffix, type, says, hasUnit }) => {
    const description = `${name}: ${says}${suffix === "" ? (label.description ?? label.name) : label.name}`;
    return column(`${prefix(name)}_${label.name}${suffix}`, `${alias}.${place}`, type, description, hasUnit ? label.unit : null);
  });
  const picks = placed.map(({ sql, label, place }) => `max(v.${sql}) FILTER (WHERE v.label_id = ${literal(label.id)}) AS ${place}`);
  return {
    columns,
    join: `LEFT JOIN LATERAL (SELECT ${picks.join(", ")} FROM (SELECT l.object_id FROM survey_label l
        WHERE l.release = ${literal(release)} AND l.source_id = i.source_id AND l.catalogue_id = ${literal(id)}
        ORDER BY l.snr DESC NULLS LAST, l.object_id LIMIT 1) d
      JOIN survey_label_value v ON v.catalogue_id = ${literal(id)} AND v.object_id = d.object_id) ${alias} ON true`,
  };
}

/** A manifest's label, which the registry lets through as letters and digits alone. */
function labelLiteral(label: string): string {
  if (/^[A-Za-z0-9]+$/.test(label)) return `'${label}'`;
  throw new Error(`'${label}' is no label's name.`);
}

/** What is kept of each predicted label. */
const PREDICTED = [
  { sql: "value", suffix: "", type: "float32", says: "", hasUnit: true },
  { sql: "uncertainty", suffix: "_uncertainty", type: "float32", says: "one standard deviation of ", hasUnit: true },
  { sql: "flags", suffix: "_flags", type: "int32", says: "bits that warn of ", hasUnit: false },
] as const;

/** The stored predictions of one version: a row a label, which max() picks. */
export function versionGroup({ id, model, version, labels }: PredictingVersion, release: Release): ColumnGroup {
  const [alias, name] = [`p${id}`, prefix(model)];
  const placed = labels.flatMap((label, index) => PREDICTED.map((one) => ({ ...one, label, place: `${one.sql}${index}` })));
  const columns = placed.map(({ label, place, suffix, type, says, hasUnit }) => {
    const description = `${says}${label.name} by ${model}@${version}`;
    return column(`${name}_${label.name}${suffix}`, `${alias}.${place}`, type, description, (hasUnit && label.unit) || null);
  });
  const picks = placed.map(({ sql, label, place }) => `max(${sql}) FILTER (WHERE label = ${labelLiteral(label.name)}) AS ${place}`);
  const said = column(`${name}_version`, `CASE WHEN ${alias}.any THEN ${version} END`, "int32", `version of ${model} that predicts`);
  return {
    columns: [said, ...columns],
    join: `LEFT JOIN LATERAL (SELECT count(*) > 0 AS any, ${picks.join(", ")} FROM predicted_label
      WHERE model_version_id = ${literal(id)} AND release = ${literal(release)} AND source_id = i.source_id) ${alias} ON true`,
  };
}
