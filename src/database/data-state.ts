import type { Queries } from "./database";

/**
 * Names what can be seen of the database now: while the name stays, so does every row of every table.
 *
 * A snapshot names the transactions whose work it shows, so that equal snapshots show equal data, whoever wrote them and
 * by whatever program; reading changes no snapshot. A restored backup may come to the same numbers by other work: the
 * server's start, which a restoration needs, tells them apart.
 *
 * @returns a text that any transaction that writes changes once it ends, also one that did nothing of interest, as ANALYZE
 */
export async function dataState(queries: Queries): Promise<string> {
  const [row] = await queries.query<{ state: string }>(
    "SELECT extract(epoch FROM pg_postmaster_start_time())::text || ' ' || pg_current_snapshot()::text AS state",
  );
  return row!.state;
}
