import type { Queries } from "../database/database";
import { inOrder } from "./by-star";
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

type More = Record<string, readonly [value: number, error: number | null]> | null;
type Row = [
  sourceId: bigint,
  survey: string,
  synthetic: boolean,
  objectId: string,
  flags: string,
  more: More,
  ...labels: (number | null)[],
];

const NAMES = Object.keys(SURVEY_LABELS) as SurveyLabelName[];
const SELECT_SURVEY_LABELS = `
  SELECT l.source_id, c.name, c.synthetic, l.object_id, l.flags::text, l.more, ${NAMES.map((name) => `l.${SURVEY_LABELS[name].sql}`).join(", ")}
  FROM survey_label l JOIN catalogue c ON c.id = l.catalogue_id
  WHERE l.release = $1 AND l.source_id = ANY($2::int8[])
  ORDER BY c.name, l.object_id`;

function toSurveyLabels([, survey, synthetic, objectId, flags, more, ...values]: Row): SurveyLabels {
  const labels = Object.fromEntries(NAMES.map((name, index) => [name, orNull(values[index] ?? null)]));
  const abundances = Object.entries(more ?? {}).map(([name, [value, error]]) => ({ name, value, error }));
  return { ...(labels as { [label in SurveyLabelName]: number | null }), survey, synthetic, objectId, flags, abundances };
}

/** @returns for each id, in order, the labels of every survey that holds it, by survey */
export async function surveyLabelsOf(queries: Queries, release: Release, sourceIds: readonly bigint[]): Promise<SurveyLabels[][]> {
  const rows = await queries.prepared<Row>("survey-labels-of", SELECT_SURVEY_LABELS, [release, sourceIds]);
  return inOrder(sourceIds, rows, toSurveyLabels);
}
