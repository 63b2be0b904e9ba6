import type { Queries } from "./database";

/**
 * Identifies the visible state of the database: as long as the result is the same, so is every row of every table.
 *
 * A snapshot lists the transactions that it includes, so equal snapshots show equal data, whichever program wrote it; reading
 * does not change the snapshot. A restored backup could reach the same numbers with other data, but only after a restart of
 * the server, so its start time is included.
 *
 * @returns a string that changes whenever a writing transaction ends, even an irrelevant one such as ANALYZE
 */
export async function dataState(queries: Queries): Promise<string> {
  const [row] = await queries.query<{ state: string }>(
    "SELECT extract(epoch FROM pg_postmaster_start_time())::text || ' ' || pg_current_snapshot()::text AS state",
  );
  return row!.state;
}
