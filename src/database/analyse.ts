import type { Queries } from "./database";

/** Like PostgreSQL's autovacuum by default: statistics are stale once this share of the rows, plus a few, has changed. */
const STALE_SHARE = 0.1;
const STALE_ROWS = 50;

/** @returns the planner's last estimate of the rows of a table and its partitions; 0 if there is none */
export async function estimatedRows(queries: Queries, table: string): Promise<number> {
  const [estimated] = await queries.query<{ rows: number }>(
    `SELECT coalesce(sum(greatest(reltuples, 0)), 0)::float8 AS rows FROM pg_class
     WHERE relkind = 'r' AND (oid = $1::regclass OR oid IN (SELECT relid FROM pg_partition_tree($1::regclass)))`,
    [table],
  );
  return estimated?.rows ?? 0;
}

/**
 * Updates the planner's statistics of the tables in which many rows have changed. The embedded engine has no autovacuum, and
 * without statistics its planner does not choose the indexes that pages need.
 *
 * @param tables trusted names
 * @param changed rows that were inserted or updated in any of them
 */
export async function analyseAfter(queries: Queries, changed: number, tables: readonly string[]): Promise<void> {
  for (const table of tables)
    if (changed >= STALE_ROWS + STALE_SHARE * (await estimatedRows(queries, table))) await queries.script(`ANALYZE ${table}`);
}
