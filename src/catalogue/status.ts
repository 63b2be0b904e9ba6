import { estimatedRows } from "../database/analyse";
import type { Queries } from "../database/database";
import { type IngestEntry, lastIngests } from "./ingest/ingest-record";
import { PREDICTED_TABLES } from "./predicted/predicted-tables";

/** How many rows a table holds: counted while they are few, else the planner's estimate. */
export interface RowCount {
  readonly table: string;
  readonly rows: number;
  readonly exact: boolean;
}

export interface CatalogueStatus {
  /** version of PostgreSQL, of either engine */
  readonly postgresql: string;
  readonly counts: readonly RowCount[];
  readonly syntheticStars: boolean;
  /** among the first 100,000 stars, or from an ingested file */
  readonly observedStars: boolean;
  /** the last ten runs of ingests, newest first */
  readonly ingests: readonly IngestEntry[];
}

const TABLES = [
  "star",
  "photometry",
  "crossmatch",
  "survey_label",
  "survey_label_value",
  ...PREDICTED_TABLES,
  "light_curve",
  "variability",
  "spectrum",
] as const;

/** Counting 100,000 rows takes some 10 ms; a hundred million would take a minute. */
const COUNTED = 100_000;

const LAST_INGESTS = 10;

/** Kinds of ingest records that bring observed stars. */
const STAR_FILES = "('gaia', 'stars')";

/**
 * A partial index finds a synthetic star, but proving that no star is observed would need a scan of the whole table. Observed
 * stars arrive by ingestion only, so its records are asked instead, and the first stars, which are all of a small table.
 */
const OBSERVED = `(EXISTS (SELECT FROM (SELECT synthetic FROM star LIMIT ${COUNTED}) AS first WHERE NOT synthetic)
  OR EXISTS (SELECT FROM ingest_record WHERE status = 'done' AND kind IN ${STAR_FILES} AND inserted > 0))`;

async function countRows(queries: Queries, table: (typeof TABLES)[number]): Promise<RowCount> {
  const [counted] = await queries.query<{ rows: number }>(
    `SELECT count(*)::int4 AS rows FROM (SELECT FROM ${table} LIMIT ${COUNTED + 1}) AS few`,
  );
  if (counted && counted.rows <= COUNTED) return { table, rows: counted.rows, exact: true };
  return { table, rows: Math.max(COUNTED, await estimatedRows(queries, table)), exact: false };
}

/** What the database is and roughly how much it holds; quick on any size. */
export async function catalogueStatus(queries: Queries): Promise<CatalogueStatus> {
  const [facts] = await queries.query<{ postgresql: string; synthetic: boolean; observed: boolean }>(
    `SELECT current_setting('server_version') AS postgresql, EXISTS (SELECT FROM star WHERE synthetic) AS synthetic, ${OBSERVED} AS observed`,
  );
  const counts: RowCount[] = [];
  for (const table of TABLES) counts.push(await countRows(queries, table));
  return {
    postgresql: facts?.postgresql ?? "unknown",
    counts,
    syntheticStars: facts?.synthetic ?? false,
    observedStars: facts?.observed ?? false,
    ingests: await lastIngests(queries, LAST_INGESTS),
  };
}
