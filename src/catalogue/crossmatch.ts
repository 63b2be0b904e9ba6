import type { Queries } from "../database/database";
import { inOrder } from "./by-star";
import type { Release } from "./release";

/** An object of another catalogue that is this star. */
export interface Crossmatch {
  readonly catalogue: string;
  readonly objectId: string;
  /** [arcsec] after propagation to the catalogue's epoch; null if the match is by identifier */
  readonly separation: number | null;
  readonly method: string;
}

type Row = [sourceId: bigint, catalogue: string, objectId: string, separation: number | null, method: string];

const SELECT_CROSSMATCHES = `
  SELECT m.source_id, c.name, m.object_id, m.separation, m.method
  FROM crossmatch m JOIN catalogue c ON c.id = m.catalogue_id
  WHERE m.release = $1 AND m.source_id = ANY($2::int8[])
  ORDER BY c.name, m.object_id`;

/** @returns for each id, in order, its cross-matches by catalogue */
export async function crossmatchesOf(queries: Queries, release: Release, sourceIds: readonly bigint[]): Promise<Crossmatch[][]> {
  const rows = await queries.prepared<Row>("crossmatches-of", SELECT_CROSSMATCHES, [release, sourceIds]);
  return inOrder(sourceIds, rows, ([, catalogue, objectId, separation, method]) => ({ catalogue, objectId, separation, method }));
}
