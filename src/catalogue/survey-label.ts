import type { Queries } from "../database/database";
import { inOrder } from "./by-star";
import { type ColumnSet, ColumnSets } from "./column-set";
import { columnsOfLabel, LABEL_COLUMNS } from "./labels/label-columns";
import type { Release } from "./release";
import { orNull } from "./star";

interface SurveyLabelField {
  readonly sql: string;
  readonly unit: string | null;
  readonly description: string;
  readonly ucd: string;
}

const value = (name: string): SurveyLabelField => {
  const { label, value: sql } = columnsOfLabel(name)!;
  return { sql, unit: label.unit, description: label.description, ucd: label.ucd };
};
const error = (name: string): SurveyLabelField => {
  const { label, error: sql } = columnsOfLabel(name)!;
  return { sql: sql!, unit: label.unit, description: `error of ${name}`, ucd: `stat.error;${label.ucd}` };
};

/** The labels that have columns of their own in survey_label, and their errors, as fields. */
export const SURVEY_LABELS = {
  teff: value("teff"),
  teffError: error("teff"),
  logg: value("logg"),
  loggError: error("logg"),
  feh: value("feh"),
  fehError: error("feh"),
  mh: value("mh"),
  mhError: error("mh"),
  alphaM: value("alphaM"),
  alphaMError: error("alphaM"),
  rv: value("rv"),
  rvError: error("rv"),
  vsini: value("vsini"),
  vsiniError: error("vsini"),
  snr: value("snr"),
} as const satisfies Record<string, SurveyLabelField>;

export type SurveyLabelName = keyof typeof SURVEY_LABELS;

/** One label of one object, whichever it is. */
export interface LabelValue {
  /** as in teff, mgFe, or the survey's own */
  readonly name: string;
  readonly value: number;
  readonly error: number | null;
  /** of value and error; null for a pure number */
  readonly unit: string | null;
  /** the survey's own quality bits of this value, as a decimal number; null where it gives none */
  readonly flag: string | null;
}

/** A further abundance, as in mgFe. */
export interface Abundance {
  readonly name: string;
  /** [dex] */
  readonly value: number;
  /** [dex] */
  readonly error: number | null;
}

/** What one survey says of one star. A label it does not give is null. */
export type SurveyLabels = { readonly [label in SurveyLabelName]: number | null } & {
  readonly survey: string;
  /** other names of the survey's catalogue */
  readonly aliases: readonly string[];
  readonly synthetic: boolean;
  readonly objectId: string;
  /** the survey's own quality bits: 64 of them, as a decimal number */
  readonly flags: string;
  /** all that are given, those with fields of their own among them */
  readonly labels: readonly LabelValue[];
  readonly abundances: readonly Abundance[];
};

/** What is read of a survey's labels besides the survey's name. */
export type SurveyLabelColumn = Exclude<keyof SurveyLabels, "survey">;
export type SurveyLabelColumnSet = ColumnSet<SurveyLabelColumn>;

type Row = readonly [sourceId: bigint, survey: string, ...unknown[]];

type Told = readonly [name: string, value: number | null, error: number | null, flag: string | null, unit: string | null];

/** A text of the SQL's own names and units as a literal. */
const quoted = (text: string | null) => (text === null ? "NULL" : `'${text}'`);

/** What has columns of its own, as rows like those of survey_label_value. */
const FROM_COLUMNS = LABEL_COLUMNS.map(({ label, value: sql, error: errorSql, flag }) => {
  const [itsError, itsFlag] = [errorSql ? `l.${errorSql}` : "NULL", flag ? `l.${flag}::text` : "NULL"];
  return `json_build_array(${quoted(label.name)}, l.${sql}, ${itsError}, ${itsFlag}, ${quoted(label.unit)})`;
});
const FROM_VALUES = `(SELECT json_agg(json_build_array(k.name, v.value, v.error, v.flag::text, k.unit) ORDER BY k.name)
  FROM survey_label_value v JOIN catalogue_label k ON k.id = v.label_id
  WHERE v.catalogue_id = l.catalogue_id AND v.object_id = l.object_id)`;

function toLabels(told: unknown): LabelValue[] {
  const [columns, values] = told as readonly [readonly Told[], readonly Told[] | null];
  return [...columns, ...(values ?? [])].flatMap(([name, itsValue, itsError, flag, unit]) =>
    typeof itsValue !== "number" ? [] : [{ name, value: itsValue, error: itsError, unit, flag }],
  );
}

const toAbundances = (told: unknown): Abundance[] =>
  ((told as readonly Told[] | null) ?? []).flatMap(([name, itsValue, itsError, , unit]) =>
    unit === "dex" && itsValue !== null ? [{ name, value: itsValue, error: itsError }] : [],
  );

interface ColumnReading {
  readonly sql: string;
  become(value: unknown): unknown;
}
const asItIs = (value: unknown) => value;
const READINGS = {
  synthetic: { sql: "c.synthetic", become: asItIs },
  objectId: { sql: "l.object_id", become: asItIs },
  flags: { sql: "l.flags::text", become: asItIs },
  aliases: { sql: "ARRAY(SELECT a.alias FROM catalogue_alias a WHERE a.catalogue_id = c.id)", become: asItIs },
  labels: { sql: `json_build_array(json_build_array(${FROM_COLUMNS.join(", ")}), ${FROM_VALUES})`, become: toLabels },
  abundances: { sql: FROM_VALUES, become: toAbundances },
  ...Object.fromEntries(Object.entries(SURVEY_LABELS).map(([name, { sql }]) => [name, { sql: `l.${sql}`, become: orNull }])),
} as Record<SurveyLabelColumn, ColumnReading>;

export const SURVEY_LABEL_COLUMN_SETS = new ColumnSets(
  "survey-labels-of",
  Object.keys(READINGS) as SurveyLabelColumn[],
  (columns) => `
  SELECT ${["l.source_id", "c.name", ...columns.map((column) => READINGS[column].sql)].join(", ")}
  FROM survey_label l JOIN catalogue c ON c.id = l.catalogue_id
  WHERE l.release = $1 AND l.source_id = ANY($2::int8[])
  ORDER BY c.name, l.object_id`,
);

function toSurveyLabels(columns: readonly SurveyLabelColumn[], row: Row): SurveyLabelsPart {
  const labels: Record<string, unknown> = { survey: row[1] };
  for (let index = 0; index < columns.length; index++) {
    const column = columns[index]!;
    labels[column] = READINGS[column].become(row[index + 2]);
  }
  return labels as unknown as SurveyLabelsPart;
}

/** Labels of which only some columns were read: the others are absent. */
export type SurveyLabelsPart = Pick<SurveyLabels, "survey"> & Partial<SurveyLabels>;

/** @returns for each id, in order, some columns of the labels of every survey that holds it, by survey */
export async function surveyLabelsOf(
  queries: Queries,
  release: Release,
  sourceIds: readonly bigint[],
  { columns, statement, sql }: SurveyLabelColumnSet = SURVEY_LABEL_COLUMN_SETS.every,
): Promise<SurveyLabelsPart[][]> {
  const rows = await queries.prepared<Row>(statement, sql, [release, sourceIds]);
  return inOrder(sourceIds, rows, (row) => toSurveyLabels(columns, row));
}
