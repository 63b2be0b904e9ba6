import type { Queries } from "../../../database/database";
import type { Release } from "../../release";

/** Tables in which the star of an object stands beside what was measured of it, so that a star's rows are one look away. */
const MEASURED = ["photometry", "survey_label", "survey_label_value"] as const;

/** Takes the stars of matches by position away from their objects' measurements. */
export async function unlinkMeasurements(queries: Queries, catalogueId: number, release: Release): Promise<void> {
  for (const table of MEASURED)
    await queries.query(
      `UPDATE ${table} t SET release = NULL, source_id = NULL FROM crossmatch m
       WHERE m.catalogue_id = $1 AND m.release = $2 AND m.method = 'position' AND m.radius IS NOT NULL
         AND t.catalogue_id = m.catalogue_id AND t.object_id = m.object_id AND t.release = m.release AND t.source_id = m.source_id`,
      [catalogueId, release],
    );
}

/**
 * Says of the measurements of matched objects which star they are of.
 *
 * @param release of the matches; null: of any, for measurements that know no star yet, the latest release first
 */
export async function linkMeasurements(queries: Queries, catalogueId: number, release: Release | null): Promise<void> {
  for (const table of MEASURED)
    await queries.query(
      `UPDATE ${table} t SET release = m.release, source_id = m.source_id
       FROM (SELECT DISTINCT ON (object_id) object_id, release, source_id FROM crossmatch
         WHERE catalogue_id = $1 AND method = 'position' AND radius IS NOT NULL AND ($2::smallint IS NULL OR release = $2)
         ORDER BY object_id, release DESC) m
       WHERE t.catalogue_id = $1 AND t.object_id = m.object_id AND (t.source_id IS NULL OR $2::smallint IS NOT NULL)
         AND (t.release, t.source_id) IS DISTINCT FROM (m.release, m.source_id)`,
      [catalogueId, release],
    );
}
