import type { Queries } from "../database/database";
import { PREDICTED_TABLES } from "./predicted/predicted-tables";

/** Stars of a release from one source_id to another, both inclusive. */
export interface KeyRange {
  readonly release: number;
  readonly firstSourceId: bigint;
  readonly lastSourceId: bigint;
}

/** SQL: the stars of the key range that a table of answers knows already. */
const inRange = (table: string) =>
  `SELECT d.source_id FROM ${table} d WHERE d.model_version_id = $4 AND d.release = $1 AND d.source_id BETWEEN $2 AND $3`;

/**
 * Which stars of a key range have not been through a version's backfill.
 *
 * Each table is read once, whatever the planner believes of tables that are being filled: an anti-join that asks for each star took
 * half of the first start.
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
  const answered = [...PREDICTED_TABLES, "unpredicted_star"].map(inRange);
  const rows = await queries.query<{ source_id: bigint }>(
    `SELECT s.source_id FROM ${stars} WHERE s.release = $1 AND s.source_id BETWEEN $2 AND $3
     EXCEPT ${answered.join(" EXCEPT ")} ORDER BY source_id`,
    [release, firstSourceId, lastSourceId, modelVersionId],
  );
  return rows.map(({ source_id }) => source_id);
}
