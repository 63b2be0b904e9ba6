import type { Queries } from "../../database/database";
import type { IngestPlan } from "./plan";

/** The session's own temporary table: never logged, gone with the transaction or the process. */
export const STAGING = "ingest_staging";

/** That of a file taken in before by the same transaction. */
export const DROP_STAGING = `DROP TABLE IF EXISTS pg_temp.${STAGING}`;

/** Creates the staging table of a plan, for the transaction that `queries` runs in. */
export async function createStaging(queries: Queries, plan: IngestPlan): Promise<void> {
  const columns = plan.columns.map(({ name, type }) => `${name} ${type}`);
  // Sorting and matching a file's rows spills to disk with the server's default of 4 MB.
  await queries.script(
    `SET LOCAL work_mem = '128MB'; ${DROP_STAGING}; CREATE TEMP TABLE ${STAGING} (row_number bigint, ${columns.join(", ")}) ON COMMIT DROP`,
  );
}

/**
 * Deletes the staged rows that say the same key as an earlier row of the file.
 *
 * @returns their row numbers, in order
 */
export async function removeDuplicates(queries: Queries, { key }: IngestPlan): Promise<bigint[]> {
  return deleteRows(
    queries,
    `SELECT row_number FROM (SELECT row_number, row_number() OVER (PARTITION BY ${key} ORDER BY row_number) AS nth FROM ${STAGING}) r WHERE nth > 1`,
  );
}

/** Deletes the staged rows whose numbers a query gives. @returns the numbers, in order */
export async function deleteRows(queries: Queries, numbers: string): Promise<bigint[]> {
  const rows = await queries.query<{ row_number: bigint }>(
    `WITH gone AS (DELETE FROM ${STAGING} WHERE row_number IN (${numbers}) RETURNING row_number) SELECT row_number FROM gone ORDER BY 1`,
  );
  return rows.map((row) => row.row_number);
}

/** How many rows are staged. */
export async function stagedCount(queries: Queries): Promise<number> {
  const [row] = await queries.query<{ n: bigint }>(`SELECT count(*) AS n FROM ${STAGING}`);
  return Number(row?.n ?? 0);
}
