import type { Queries } from "../database/database";
import { lacks } from "./prediction";

/** Stars of a release from one source_id to another, both inclusive. */
export interface KeyRange {
  readonly release: number;
  readonly firstSourceId: bigint;
  readonly lastSourceId: bigint;
}

/**
 * Which stars of a key range have not been through a version's backfill.
 *
 * @param stars SQL: a relation `s` (release, source_id)
 * @returns source_ids in order
 */
export async function starsLacking(
  queries: Queries,
  stars: string,
  modelVersionId: number,
  { release, firstSourceId, lastSourceId }: KeyRange,
): Promise<bigint[]> {
  const rows = await queries.query<{ source_id: bigint }>(
    `SELECT s.source_id FROM ${stars}
      WHERE s.release = $1 AND s.source_id BETWEEN $2 AND $3 AND ${lacks("$4", "range")} ORDER BY s.source_id`,
    [release, firstSourceId, lastSourceId, modelVersionId],
  );
  return rows.map(({ source_id }) => source_id);
}
