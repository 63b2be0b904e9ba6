import type { Queries } from "../database/database";
import { inOrder } from "./by-star";
import type { Release } from "./release";

/** One band of one catalogue object. */
export interface Measurement {
  readonly catalogue: string;
  readonly objectId: string;
  readonly band: string;
  /** AB or Vega; null if the catalogue does not state it */
  readonly magSystem: string | null;
  /** [mag] */
  readonly mag: number;
  /** [mag] */
  readonly magError: number | null;
}

type Row = [
  sourceId: bigint,
  catalogue: string,
  objectId: string,
  magSystem: string | null,
  bands: string[],
  mag: (number | null)[],
  magError: (number | null)[],
];

const SELECT_PHOTOMETRY = `
  SELECT p.source_id, c.name, p.object_id, c.mag_system, c.bands, p.mag, p.mag_error
  FROM photometry p JOIN catalogue c ON c.id = p.catalogue_id
  WHERE p.release = $1 AND p.source_id = ANY($2::int8[])
  ORDER BY c.name, p.object_id`;

function measurements([, catalogue, objectId, magSystem, bands, mags, errors]: Row): Measurement[] {
  return bands.flatMap((band, index) => {
    const mag = mags[index];
    const magError = errors[index];
    if (typeof mag !== "number" || !Number.isFinite(mag)) return [];
    return [{ catalogue, objectId, band, magSystem, mag, magError: Number.isFinite(magError) ? (magError as number) : null }];
  });
}

/** @returns for each id, in order, its measured bands: by catalogue, in the order of the catalogue's bands */
export async function photometryOf(queries: Queries, release: Release, sourceIds: readonly bigint[]): Promise<Measurement[][]> {
  const rows = await queries.prepared<Row>("photometry-of", SELECT_PHOTOMETRY, [release, sourceIds]);
  return inOrder(sourceIds, rows, measurements).map((perObject) => perObject.flat());
}
