import { column, STAR, surveyLabels } from "../bulk/columns";
import { literal, type SelectedColumn } from "../bulk/select";
import {
  classesGroup,
  componentsGroup,
  isPredicted,
  labelsGroup,
  probabilitiesGroup,
  vectorsGroup,
  withColumns,
} from "../predicted/predicted-columns";
import type { PredictingVersion } from "../predicted/predicting-version";
import type { Release } from "../release";

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
  column("object_id", "d.object_id", "string", "the object's identifier", null, "meta.id"),
  ...surveyLabels("d"),
  column("flags", "d.flags", "int64", "the survey's own quality bits", null, "meta.code.qual"),
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

/** The stored predictions of one version in columns that begin with the model's name, by what may be asked for. */
export function versionGroups(version: PredictingVersion, release: Release) {
  const given = { version, release, star: "i.source_id", prefix: `${prefix(version.model)}_` };
  const said = `version of ${version.model} that predicts`;
  const number = column(
    `${given.prefix}version`,
    `CASE WHEN ${isPredicted(given, "by-star")} THEN ${literal(version.version)} END`,
    "int32",
    said,
  );
  return {
    predictions: [{ columns: [number], join: "" }, ...withColumns([labelsGroup(given), classesGroup(given)])],
    probabilities: withColumns([probabilitiesGroup(given)]),
    vectors: withColumns([vectorsGroup(given)]),
    components: withColumns([componentsGroup(given)]),
  };
}
