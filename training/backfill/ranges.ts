import { PREDICTED_TABLES, partitionOf } from "../../src/catalogue/predicted/predicted-tables";
import { lacks } from "../../src/catalogue/prediction";
import type { Release } from "../../src/catalogue/release";
import type { KeyRange } from "../../src/catalogue/stars-lacking";
import type { Database, Queries } from "../../src/database/database";
import { takeRow } from "../../src/database/take-row";
import type { StoredObservations } from "../../src/modalities/modality";

/** A backfill: which version's predictions are written for the stars of which release. */
export interface Job {
  readonly modelVersionId: number;
  readonly release: Release;
}

/** A key range still to do. */
export interface Range extends KeyRange {
  /** those that lacked the version when the range was cut */
  readonly stars: number;
}

/** First half of the advisory lock's key; the second is the version's. */
const CUT_LOCK = 0x6261636b;

/**
 * Cuts the stars that can be predicted and lack the version into key ranges of `size` stars, unless ranges are left from before: of
 * processes that start at once one cuts, and a killed backfill is taken up where it was.
 *
 * @returns stars in the ranges that there are now; 0: the backfill is complete
 */
export async function cutRanges(
  database: Database,
  { modelVersionId, release }: Job,
  { stars, tables }: StoredObservations<unknown>,
  size: number,
): Promise<number> {
  // A backfill follows a bulk load, and the embedded engine has no autovacuum: without fresh statistics the anti-join
  // below may be planned for a hundred stars.
  const partitions = PREDICTED_TABLES.map((table) => partitionOf(table, modelVersionId));
  await database.script([...tables, ...partitions].map((table) => `ANALYZE ${table};`).join(" "));
  return database.transaction(async (queries) => {
    await queries.query("SELECT pg_advisory_xact_lock($1, $2)", [CUT_LOCK, modelVersionId]);
    const left = await starsLeft(queries, { modelVersionId, release });
    if (left > 0) return left;
    await queries.query(
      `INSERT INTO backfill_range (model_version_id, release, first_source_id, last_source_id, stars)
       SELECT $1::int, $2::smallint, min(source_id), max(source_id), count(*)
         FROM (SELECT s.source_id, (row_number() OVER (ORDER BY s.source_id) - 1) / $3 AS piece
                 FROM ${stars} WHERE s.release = $2 AND ${lacks("$1")}) lacking
        GROUP BY piece`,
      [modelVersionId, release, size],
    );
    return starsLeft(queries, { modelVersionId, release });
  });
}

/** @returns stars in the ranges still to do, those in work by any process included */
export async function starsLeft(queries: Queries, { modelVersionId, release }: Job): Promise<number> {
  const [row] = await queries.query<{ stars: number }>(
    "SELECT coalesce(sum(stars), 0)::float8 AS stars FROM backfill_range WHERE model_version_id = $1 AND release = $2",
    [modelVersionId, release],
  );
  return row!.stars;
}

/** Takes the next range for this transaction. @returns null if none is left */
export const takeRange = (queries: Queries, { modelVersionId, release }: Job): Promise<Range | null> =>
  takeRow(
    queries,
    `SELECT release, first_source_id AS "firstSourceId", last_source_id AS "lastSourceId", stars FROM backfill_range
      WHERE model_version_id = $1 AND release = $2 ORDER BY first_source_id`,
    [modelVersionId, release],
  );

/** Strikes a range off, in the transaction that writes its predictions. */
export async function dropRange(queries: Queries, { modelVersionId }: Job, { release, firstSourceId }: Range): Promise<void> {
  await queries.query("DELETE FROM backfill_range WHERE model_version_id = $1 AND release = $2 AND first_source_id = $3", [
    modelVersionId,
    release,
    firstSourceId,
  ]);
}
