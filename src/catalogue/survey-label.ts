import type { Queries } from "../database/database";
import { inOrder } from "./by-star";
import { type ColumnSet, ColumnSets } from "./column-set";
import type { Release } from "./release";
import { orNull } from "./star";

/** The labels a survey may give, with the column of survey_label that holds each. */
export const SURVEY_LABELS = {
  teff: { sql: "teff", unit: "K", description: "effective temperature" },
  teffError: { sql: "teff_error", unit: "K", description: "error of teff" },
  logg: { sql: "logg", unit: "dex", description: "surface gravity, log10 of cm/s^2" },
  loggError: { sql: "logg_error", unit: "dex", description: "error of logg" },
  feh: { sql: "feh", unit: "dex", description: "iron abundance [Fe/H]" },
  fehError: { sql: "feh_error", unit: "dex", description: "error of feh" },
  mh: { sql: "mh", unit: "dex", description: "overall metallicity [M/H]" },
  mhError: { sql: "mh_error", unit: "dex", description: "error of mh" },
  alphaM: { sql: "alpha_m", unit: "dex", description: "alpha enhancement [alpha/M]" },
  alphaMError: { sql: "alpha_m_error", unit: "dex", description: "error of alphaM" },
  rv: { sql: "rv", unit: "km/s", description: "heliocentric radial velocity" },
  rvError: { sql: "rv_error", unit: "km/s", description: "error of rv" },
  vsini: { sql: "vsini", unit: "km/s", description: "projected rotation velocity" },
  snr: { sql: "snr", unit: null, description: "signal to noise of the spectrum" },
} as const satisfies Record<string, { sql: string; unit: string | null; description: string }>;

export type SurveyLabelName = keyof typeof SURVEY_LABELS;

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
  readonly synthetic: boolean;
  readonly objectId: string;
  /** the survey's own quality bits: 64 of them, as a decimal number */
  readonly flags: string;
  readonly abundances: readonly Abundance[];
};

/** What is read of a survey's labels besides the survey's name. */
export type SurveyLabelColumn = Exclude<keyof SurveyLabels, "survey">;
export type SurveyLabelColumnSet = ColumnSet<SurveyLabelColumn>;

type More = Record<string, readonly [value: number, error: number | null]> | null;
type Row = readonly [sourceId: bigint, survey: string, ...unknown[]];

const abundances = (more: unknown): Abundance[] =>
  Object.entries((more as More) ?? {}).map(([name, [value, error]]) => ({ name, value, error }));

interface ColumnReading {
  readonly sql: string;
  become(value: unknown): unknown;
}
const asItIs = (value: unknown) => value;
const READINGS = {
  synthetic: { sql: "c.synthetic", become: asItIs },
  objectId: { sql: "l.object_id", become: asItIs },
  flags: { sql: "l.flags::text", become: asItIs },
  abundances: { sql: "l.more", become: abundances },
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
