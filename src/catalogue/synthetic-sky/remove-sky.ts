import type { Database, Queries } from "../../database/database";
import { PREDICTED_TABLES } from "../predicted/predicted-tables";
import { lockSky } from "./current-sky";

/** Rows that a removal deleted. */
export interface Removal {
  readonly stars: number;
}

const OF_SYNTHETIC_CATALOGUES = "WHERE catalogue_id = ANY (ARRAY(SELECT id FROM catalogue WHERE synthetic))";

/** Deletes the synthetic stars and all that hangs on them: their objects, labels, predictions and catalogues. */
export async function deleteSky(queries: Queries): Promise<Removal> {
  for (const table of [
    "photometry",
    "crossmatch",
    "survey_label",
    "survey_label_value",
    "catalogue_object",
    "catalogue_label",
    "catalogue_alias",
  ])
    await queries.query(`DELETE FROM ${table} ${OF_SYNTHETIC_CATALOGUES}`);
  for (const table of [...PREDICTED_TABLES, "unpredicted_star", "light_curve", "variability", "spectrum"])
    await queries.query(`DELETE FROM ${table} t USING star s WHERE s.synthetic AND t.release = s.release AND t.source_id = s.source_id`);
  const [deleted] = await queries.query<{ stars: number }>(
    "WITH gone AS (DELETE FROM star WHERE synthetic RETURNING 1) SELECT count(*)::int4 AS stars FROM gone",
  );
  await queries.query("DELETE FROM catalogue WHERE synthetic");
  return { stars: deleted!.stars };
}

/** Removes the synthetic sky in one transaction; does nothing where there is none. */
export async function removeSky(database: Database): Promise<Removal> {
  return database.transaction(async (queries) => {
    await lockSky(queries);
    return deleteSky(queries);
  });
}
