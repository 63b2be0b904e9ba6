import { estimatedRows } from "../database/analyse";
import type { Queries } from "../database/database";

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
  readonly observedStars: boolean;
}

const TABLES = ["star", "photometry", "crossmatch", "survey_label", "predicted_label", "light_curve", "spectrum"] as const;

/** Counting 100,000 rows takes some 10 ms; a hundred million would take a minute. */
const COUNTED = 100_000;

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
    `SELECT current_setting('server_version') AS postgresql,
            EXISTS (SELECT FROM star WHERE synthetic) AS synthetic, EXISTS (SELECT FROM star WHERE NOT synthetic) AS observed`,
  );
  const counts: RowCount[] = [];
  for (const table of TABLES) counts.push(await countRows(queries, table));
  return {
    postgresql: facts?.postgresql ?? "unknown",
    counts,
    syntheticStars: facts?.synthetic ?? false,
    observedStars: facts?.observed ?? false,
  };
}
