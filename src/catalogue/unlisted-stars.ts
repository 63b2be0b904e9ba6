import type { Queries } from "../database/database";
import type { Release } from "./release";

/** Tables whose rows name a source, and the catalogue that says so. */
const TABLES = ["light_curve", "survey_label", "photometry", "crossmatch", "variability", "spectrum"] as const;

const SELECT = `
  SELECT k.source_id, bool_and(c.synthetic) FROM (
    ${TABLES.map((table) => `SELECT source_id, catalogue_id FROM ${table} WHERE release = $1 AND source_id = ANY($2::int8[])`).join(" UNION ALL ")}
  ) k JOIN catalogue c ON c.id = k.catalogue_id GROUP BY k.source_id`;

/** A source that no Gaia table has brought, though other catalogues say something of it. */
export interface UnlistedStar {
  /** whether none of those catalogues was observed */
  readonly synthetic: boolean;
}

/** @returns for each id, in order, what is known of it without its row among the stars; null if nothing is */
export async function unlistedStarsOf(queries: Queries, release: Release, sourceIds: readonly bigint[]): Promise<(UnlistedStar | null)[]> {
  const rows = await queries.prepared<[bigint, boolean]>("unlisted-stars-of", SELECT, [release, sourceIds]);
  const found = new Map(rows.map(([sourceId, synthetic]) => [sourceId, { synthetic }]));
  return sourceIds.map((sourceId) => found.get(sourceId) ?? null);
}
