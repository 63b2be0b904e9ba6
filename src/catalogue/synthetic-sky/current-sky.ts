import type { Queries } from "../../database/database";

/** Excludes two processes that make or remove the sky at once. */
const SKY_LOCK = 7_963_817;

/** Waits for whoever else is making or removing the sky; held to the end of the transaction. */
export async function lockSky(queries: Queries): Promise<void> {
  await queries.query("SELECT pg_advisory_xact_lock($1)", [SKY_LOCK]);
}

/** @returns how the synthetic sky in the database was described when it was made; null if there is none */
export async function currentSky(queries: Queries): Promise<string | null> {
  const [row] = await queries.query<{ source: string }>(
    `SELECT source FROM ingest_record
     WHERE kind = 'synthetic' AND status = 'done' AND EXISTS (SELECT FROM catalogue WHERE synthetic) ORDER BY id DESC LIMIT 1`,
  );
  return row?.source ?? null;
}
