import type { Queries } from "../database/database";
import { type ColumnSet, ColumnSets } from "./column-set";
import type { Release } from "./release";
import { orNull, STAR_COLUMNS, type Star, type StarColumn, type StarIdentity } from "./star";

/** A star with only some columns; the others are absent. */
export type StarPart = StarIdentity & Partial<Star>;

export type StarColumnSet = ColumnSet<StarColumn>;

/** @returns the SQL columns, which follow the star's id */
export const starColumnsSql = (columns: readonly StarColumn[]): string =>
  ["s.source_id", ...columns.map((column) => `s.${STAR_COLUMNS[column].sql}`)].join(", ");

export const STAR_COLUMN_SETS = new ColumnSets(
  "stars-by-ids",
  Object.keys(STAR_COLUMNS) as StarColumn[],
  (columns) => `SELECT ${starColumnsSql(columns)} FROM star s WHERE s.release = $1 AND s.source_id = ANY($2::int8[])`,
);

/** @param row as selected by `starColumnsSql` */
export function toStarPart(release: Release, columns: readonly StarColumn[], row: readonly [bigint, ...unknown[]]): StarPart {
  const star: Record<string, unknown> = { release, sourceId: row[0] };
  for (let index = 0; index < columns.length; index++) star[columns[index]!] = orNull(row[index + 1]);
  return star as unknown as StarPart;
}

/** @returns some columns of the stars in order of the ids; null if the release has no such source */
export async function starPartsByIds(
  queries: Queries,
  release: Release,
  sourceIds: readonly bigint[],
  { columns, statement, sql }: StarColumnSet,
): Promise<(StarPart | null)[]> {
  const rows = await queries.prepared<[bigint, ...unknown[]]>(statement, sql, [release, sourceIds]);
  const byId = new Map(rows.map((row) => [row[0], toStarPart(release, columns, row)]));
  return sourceIds.map((sourceId) => byId.get(sourceId) ?? null);
}

/** @returns the stars in order of the ids; null if the release has no such source */
export async function starsByIds(queries: Queries, release: Release, sourceIds: readonly bigint[]): Promise<(Star | null)[]> {
  return (await starPartsByIds(queries, release, sourceIds, STAR_COLUMN_SETS.every)) as (Star | null)[];
}
