import type { Database, Queries } from "../../../database/database";
import { MATCH_FLAGS } from "../../../science/crossmatch/match-flags";
import { lockCatalogue } from "../../life/lock-catalogue";
import { linkMeasurements, unlinkMeasurements } from "./link-measurements";
import { forgetJob, isUnderWay, lockJob, MATCHABLE, type MatchJob, objectsLeft } from "./match-job";

/** What was found becomes the catalogue's matches; objects that went meanwhile, or were told their star, are left out. */
async function moveFound(queries: Queries, { catalogueId, release, radiusArcsec }: MatchJob): Promise<void> {
  await queries.query(
    `INSERT INTO crossmatch (release, source_id, catalogue_id, object_id, separation, method, separation_error, significance, rank,
       neighbours, mates, best_for_star, radius, flags)
     SELECT f.release, f.source_id, f.catalogue_id, f.object_id, f.separation, 'position', f.separation_error, f.significance, 1,
       f.neighbours, f.claims - 1, f.place = 1, $3, f.flags | CASE WHEN f.claims > 1 THEN $4::int ELSE 0 END
     FROM (SELECT f.*, count(*) OVER (PARTITION BY f.source_id) AS claims,
         row_number() OVER (PARTITION BY f.source_id ORDER BY f.separation_error IS NULL, f.unlikeliness, f.object_id) AS place
       FROM crossmatch_found f JOIN catalogue_object o ON o.catalogue_id = f.catalogue_id AND o.object_id = f.object_id
       WHERE f.catalogue_id = $1 AND f.release = $2 AND ${MATCHABLE}) f`,
    [catalogueId, release, radiusArcsec, MATCH_FLAGS.SHARED],
  );
}

/**
 * Ends a job: in one transaction its matches take the place of those that the catalogue had by position, and the objects'
 * measurements are joined to their stars. Readers see the old matches or the new ones.
 *
 * @returns false where another process has ended it, or ranges are left
 */
export async function applyMatches(database: Database, job: MatchJob): Promise<boolean> {
  return database.transaction(async (queries) => {
    await lockJob(queries, job);
    if (!(await isUnderWay(queries, job)) || (await objectsLeft(queries, job)) > 0) return false;
    const { catalogueId, release } = job;
    await lockCatalogue(queries, catalogueId);
    await unlinkMeasurements(queries, catalogueId, release);
    await queries.query("DELETE FROM crossmatch WHERE catalogue_id = $1 AND release = $2 AND method = 'position'", [catalogueId, release]);
    await moveFound(queries, job);
    await linkMeasurements(queries, catalogueId, release);
    await forgetJob(queries, job);
    return true;
  });
}
