import type { Queries } from "../database/database";
import { inOrder } from "./by-star";
import type { Release } from "./release";
import { orNull } from "./star";

type Unit = "d" | "mag" | "rad" | null;
const single = <const S extends string>(sql: S, unit: Unit, description: string) => ({ sql, type: "float32", unit, description }) as const;

/** The numbers that describe a star's variability, in the order of the columns in this file. Absent: null. */
export const VARIABILITY_COLUMNS = {
  period: { ...single("period", "d", "pulsation period"), type: "float64" },
  periodError: { ...single("period_error", "d", "standard error of the period"), type: "float64" },
  epochs: { ...single("epochs", null, "points that were used"), type: "int32" },
  harmonics: { ...single("harmonics", null, "order of the Fourier series"), type: "int16" },
  meanMag: single("mean_mag", "mag", "constant term of the series"),
  amplitude: single("amplitude", "mag", "faintest minus brightest"),
  amplitudeError: single("amplitude_error", "mag", "standard error of amplitude"),
  riseTime: single("rise_time", null, "from least to greatest light, in cycles"),
  scatter: single("scatter", "mag", "scatter of the points about the series"),
  phaseGap: single("phase_gap", null, "largest part of the cycle without a point"),
  r21: single("r21", null, "A2 / A1"),
  r21Error: single("r21_error", null, "standard error of r21"),
  r31: single("r31", null, "A3 / A1"),
  r31Error: single("r31_error", null, "standard error of r31"),
  phi21: single("phi21", "rad", "phi2 - 2 phi1 of the sine series"),
  phi21Error: single("phi21_error", "rad", "standard error of phi21"),
  phi31: single("phi31", "rad", "phi3 - 3 phi1 of the sine series; Gaia's tables hold the cosine series', which is pi more"),
  phi31Error: single("phi31_error", "rad", "standard error of phi31"),
} as const;
export type VariabilityColumn = keyof typeof VARIABILITY_COLUMNS;

/** Lists of a computed Fourier series, one value per harmonic; empty if nothing was computed. */
export const SERIES_COLUMNS = {
  amplitudes: single("amplitudes", "mag", "A1, A2, ..."),
  amplitudeErrors: single("amplitude_errors", "mag", "standard errors of the amplitudes"),
  phases: single("phases", "rad", "phi1, phi2, ... of the sine series; time counts from BJD 2455197.5, or from phase 0 where folded"),
  phaseErrors: single("phase_errors", "rad", "standard errors of the phases"),
} as const;
export type SeriesColumn = keyof typeof SERIES_COLUMNS;

/** Why the values may be unreliable or are missing, as bits. */
export const VARIABILITY_FLAGS = {
  FEW_POINTS: 1,
  PHASE_GAP: 2,
  POINTS_LEFT_OUT: 4,
  PERIOD_DOUBTFUL: 8,
  NO_PERIOD: 16,
  NO_SERIES: 32,
} as const;
export type VariabilityFlag = keyof typeof VARIABILITY_FLAGS;

/** What each flag says: in the API's schema, and in the files that hold the bits. */
export const VARIABILITY_FLAG_MEANINGS: Readonly<Record<VariabilityFlag, string>> = {
  FEW_POINTS: "fewer than 20 points",
  PHASE_GAP: "more than a quarter of the cycle was never observed",
  POINTS_LEFT_OUT: "points could not be used",
  PERIOD_DOUBTFUL: "another period explains the points nearly as well",
  NO_PERIOD: "no period is known and none was found",
  NO_SERIES: "the points do not determine a Fourier series",
};

/** The bits and their meanings as one text: `1 FEW_POINTS (...), 2 ...`. */
export const VARIABILITY_FLAG_BITS: string = (Object.keys(VARIABILITY_FLAGS) as VariabilityFlag[])
  .map((name) => `${VARIABILITY_FLAGS[name]} ${name} (${VARIABILITY_FLAG_MEANINGS[name]})`)
  .join(", ");

/** The variability of a star as published by one catalogue, or computed from its light curve. */
export type Variability = { readonly [name in VariabilityColumn]: number | null } & {
  readonly [name in SeriesColumn]: readonly number[];
} & {
  readonly catalogue: string;
  /** null if the catalogue does not state it */
  readonly band: string | null;
  readonly method: "published" | "computed";
  /** RRab, RRc, ...; computed rows repeat the published type */
  readonly type: string | null;
  readonly flags: readonly VariabilityFlag[];
};

const NUMBERS = Object.keys(VARIABILITY_COLUMNS) as VariabilityColumn[];
const SERIES = Object.keys(SERIES_COLUMNS) as SeriesColumn[];

type Row = [
  sourceId: bigint,
  catalogue: string,
  band: string,
  method: "published" | "computed",
  type: string | null,
  flags: number,
  ...values: (number | null | readonly number[])[],
];

const VALUES = [...NUMBERS.map((name) => VARIABILITY_COLUMNS[name].sql), ...SERIES.map((name) => SERIES_COLUMNS[name].sql)];

/** Computed ones first, because they hold more values. */
const SELECT_VARIABILITY = `
  SELECT v.source_id, c.name, v.band, v.method, v.type, v.flags, ${VALUES.map((sql) => `v.${sql}`).join(", ")}
  FROM variability v JOIN catalogue c ON c.id = v.catalogue_id
  WHERE v.release = $1 AND v.source_id = ANY($2::int8[])
  ORDER BY v.method, v.epochs DESC NULLS LAST, c.name, v.band`;

function toVariability([, catalogue, band, method, type, flags, ...values]: Row): Variability {
  const numbers = Object.fromEntries(NUMBERS.map((name, index) => [name, orNull(values[index] ?? null)])) as Record<
    VariabilityColumn,
    number | null
  >;
  const series = Object.fromEntries(SERIES.map((name, index) => [name, values[NUMBERS.length + index]])) as Record<SeriesColumn, number[]>;
  const set = (Object.keys(VARIABILITY_FLAGS) as VariabilityFlag[]).filter((name) => (flags & VARIABILITY_FLAGS[name]) !== 0);
  return { ...numbers, ...series, catalogue, band: band || null, method, type, flags: set };
}

/** @returns for each id, in order, all rows: computed before published, those with the most points first */
export async function variabilityOf(queries: Queries, release: Release, sourceIds: readonly bigint[]): Promise<Variability[][]> {
  const rows = await queries.prepared<Row>("variability-of", SELECT_VARIABILITY, [release, sourceIds]);
  return inOrder(sourceIds, rows, toVariability);
}
