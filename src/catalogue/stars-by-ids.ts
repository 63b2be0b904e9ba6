import type { Queries } from "../database/database";
import type { Release } from "./release";
import { orNull, STAR_COLUMNS, type Star, type StarColumn, type StarIdentity } from "./star";

/** A star of which only some columns were read: the others are absent. */
export type StarPart = StarIdentity & Partial<Star>;

/** The columns that a statement reads. Sets of the same columns are the same object. */
export interface StarColumnSet {
  readonly columns: readonly StarColumn[];
  /** under which each connection keeps the statement prepared */
  readonly statement: string;
  readonly sql: string;
}

const EVERY = Object.keys(STAR_COLUMNS) as StarColumn[];

/**
 * Sets that have a statement of their own: a connection keeps every statement it has prepared (some 50 kB each), and
 * readers choose the columns. Applications ask the same few questions.
 */
const MOST_SETS = 100;
const sets = new Map<string, StarColumnSet>();

/** @returns the set of these columns; once there are `MOST_SETS`, all columns for any other */
export function starColumnSet(wanted: Iterable<StarColumn>): StarColumnSet {
  const asked = new Set(wanted);
  const columns = EVERY.filter((column) => asked.has(column));
  const key = columns.join();
  const known = sets.get(key);
  if (known) return known;
  if (sets.size >= MOST_SETS) return EVERY_STAR_COLUMN;
  const read = ["source_id", ...columns.map((column) => STAR_COLUMNS[column].sql)].join(", ");
  const set = {
    columns,
    statement: `stars-by-ids-${sets.size}`,
    sql: `SELECT ${read} FROM star WHERE release = $1 AND source_id = ANY($2::int8[])`,
  };
  sets.set(key, set);
  return set;
}

export const EVERY_STAR_COLUMN = starColumnSet(EVERY);

function toStar(release: Release, columns: readonly StarColumn[], row: readonly [bigint, ...unknown[]]): StarPart {
  const star: Record<string, unknown> = { release, sourceId: row[0] };
  for (let index = 0; index < columns.length; index++) star[columns[index]!] = orNull(row[index + 1]);
  return star as unknown as StarPart;
}

/** @returns some columns of the stars in the ids' order, null where the release has no such source */
export async function starPartsByIds(
  queries: Queries,
  release: Release,
  sourceIds: readonly bigint[],
  { columns, statement, sql }: StarColumnSet,
): Promise<(StarPart | null)[]> {
  const rows = await queries.prepared<[bigint, ...unknown[]]>(statement, sql, [release, sourceIds]);
  const byId = new Map(rows.map((row) => [row[0], toStar(release, columns, row)]));
  return sourceIds.map((sourceId) => byId.get(sourceId) ?? null);
}

/** @returns the stars in the ids' order, null where the release has no such source */
export async function starsByIds(queries: Queries, release: Release, sourceIds: readonly bigint[]): Promise<(Star | null)[]> {
  return (await starPartsByIds(queries, release, sourceIds, EVERY_STAR_COLUMN)) as (Star | null)[];
}
