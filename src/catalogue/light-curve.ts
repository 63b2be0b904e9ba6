import type { Queries } from "../database/database";
import { inOrder } from "./by-star";
import { isFlagged } from "./point-flags";
import type { Release } from "./release";

/** A star's brightness in one band over time, or over the phase of its period. */
export interface LightCurve {
  readonly catalogue: string;
  readonly band: string;
  /** true: `time` holds phases [cycles], 0 to 1 */
  readonly folded: boolean;
  /** [points] [d] since BJD (TCB) 2455197.5, rising; or phases, rising */
  readonly time: readonly number[];
  /** [points] [mag] */
  readonly mag: readonly number[];
  /** [points] [mag] null if it is not known */
  readonly magError: readonly (number | null)[];
  /** [points] by the photometry or the variability analysis of the catalogue */
  readonly rejected: readonly boolean[];
  /** points that are stored: more than the arrays hold where the light curve was cut off */
  readonly points: number;
}

/** Points of a light curve that are read: what is longer is cut off. A Gaia star has some 50 in a band. */
export const MAX_POINTS = 20_000;

type Row = [
  sourceId: bigint,
  catalogue: string,
  band: string,
  folded: boolean,
  points: number,
  time: number[],
  mag: number[],
  magError: (number | null)[],
  rejected: Uint8Array | null,
];

const SELECT_LIGHT_CURVES = `
  SELECT l.source_id, c.name, l.band, l.folded, cardinality(l.time), l.time[1:${MAX_POINTS}], l.mag[1:${MAX_POINTS}],
    l.mag_error[1:${MAX_POINTS}], l.rejected
  FROM light_curve l JOIN catalogue c ON c.id = l.catalogue_id
  WHERE l.release = $1 AND l.source_id = ANY($2::int8[])
  ORDER BY c.name, l.band`;

const toLightCurve = ([, catalogue, band, folded, points, time, mag, errors, rejected]: Row): LightCurve => ({
  ...{ catalogue, band, folded, time, mag, points },
  magError: errors.length === 0 ? time.map(() => null) : errors,
  rejected: time.map((_, index) => isFlagged(rejected, index)),
});

/** @returns for each id, in order, its light curves: by catalogue and band */
export async function lightCurvesOf(queries: Queries, release: Release, sourceIds: readonly bigint[]): Promise<LightCurve[][]> {
  const rows = await queries.prepared<Row>("light-curves-of", SELECT_LIGHT_CURVES, [release, sourceIds]);
  return inOrder(sourceIds, rows, toLightCurve);
}
