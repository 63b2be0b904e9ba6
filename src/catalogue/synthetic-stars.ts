import type { Queries } from "../database/database";
import type { Release } from "./release";

/** @returns those of the stars that belong to a synthetic sky: nobody ever observed them */
export async function syntheticAmong(queries: Queries, release: Release, sourceIds: readonly bigint[]): Promise<ReadonlySet<bigint>> {
  const rows = await queries.prepared<[bigint]>(
    "synthetic-among",
    "SELECT source_id FROM star WHERE release = $1 AND source_id = ANY($2::int8[]) AND synthetic",
    [release, sourceIds],
  );
  return new Set(rows.map(([sourceId]) => sourceId));
}
