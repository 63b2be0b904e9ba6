import type { Queries } from "../../database/database";

/** An object that is no star of the catalogue: no cross-match names one. */
export interface UnmatchedObject {
  readonly objectId: string;
  /** [deg] ICRS */
  readonly ra: number | null;
  readonly dec: number | null;
}

/** Objects `o` of a catalogue without a cross-match. */
export const UNMATCHED = "NOT EXISTS (SELECT FROM crossmatch m WHERE m.catalogue_id = o.catalogue_id AND m.object_id = o.object_id)";

export async function countUnmatched(queries: Queries, catalogueId: number): Promise<number> {
  const [row] = await queries.query<{ n: number }>(
    `SELECT count(*)::float8 AS n FROM catalogue_object o WHERE o.catalogue_id = $1 AND ${UNMATCHED}`,
    [catalogueId],
  );
  return row!.n;
}

/** @returns the first of them behind an object, by identifier */
export async function unmatchedObjects(
  queries: Queries,
  catalogueId: number,
  first: number,
  after: string | null,
): Promise<UnmatchedObject[]> {
  return queries.query<UnmatchedObject>(
    `SELECT o.object_id AS "objectId", o.ra, o.dec FROM catalogue_object o
     WHERE o.catalogue_id = $1 AND ($2::text IS NULL OR o.object_id > $2::text) AND ${UNMATCHED} ORDER BY o.object_id LIMIT $3`,
    [catalogueId, after, first],
  );
}
