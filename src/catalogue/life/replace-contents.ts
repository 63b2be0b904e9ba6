import type { Queries } from "../../database/database";
import { lockCatalogue } from "./lock-catalogue";

/** What each kind of ingest writes of a catalogue, in the order in which it is taken away; the first is its rows. */
const WRITTEN_BY: Readonly<Record<string, readonly string[]>> = {
  labels: ["DELETE FROM survey_label", "DELETE FROM survey_label_value", "DELETE FROM catalogue_label"],
  photometry: ["DELETE FROM photometry"],
  variability: ["DELETE FROM variability"],
  "light-curves": ["DELETE FROM light_curve", "DELETE FROM variability"],
  // Stars belong to nobody: another catalogue may have brought them too.
  stars: [],
};
const ONLY: Readonly<Record<string, string>> = { variability: "method = 'published'", "light-curves": "method = 'computed'" };

/** Objects of which nothing is left. */
const BARE = `NOT EXISTS (SELECT FROM photometry p WHERE p.catalogue_id = o.catalogue_id AND p.object_id = o.object_id)
  AND NOT EXISTS (SELECT FROM survey_label l WHERE l.catalogue_id = o.catalogue_id AND l.object_id = o.object_id)`;

async function deleted(queries: Queries, statement: string, catalogueId: number): Promise<number> {
  const [row] = await queries.query<{ n: number }>(`WITH gone AS (${statement} RETURNING 1) SELECT count(*)::float8 AS n FROM gone`, [
    catalogueId,
  ]);
  return row!.n;
}

async function takeAwayOf(queries: Queries, kind: string, catalogueId: number): Promise<number> {
  let rows = 0;
  for (const [index, statement] of (WRITTEN_BY[kind] ?? []).entries()) {
    const only = statement.endsWith("variability") ? ` AND ${ONLY[kind]}` : "";
    const gone = await deleted(queries, `${statement} WHERE catalogue_id = $1${only}`, catalogueId);
    if (index === 0) rows = gone;
  }
  return rows;
}

/**
 * Takes away what kinds of ingest wrote of a catalogue, and the objects of which nothing is left, for a new delivery
 * that comes in the same transaction.
 *
 * @returns rows by kind; null if there is no such catalogue yet
 */
export async function takeAway(queries: Queries, name: string, kinds: readonly string[]): Promise<ReadonlyMap<string, number> | null> {
  const [catalogue] = await queries.query<{ id: number }>("SELECT id FROM catalogue WHERE name = $1 AND NOT synthetic", [name]);
  if (!catalogue) return null;
  const { id } = catalogue;
  await lockCatalogue(queries, id);
  const rows = new Map<string, number>();
  for (const kind of kinds) rows.set(kind, await takeAwayOf(queries, kind, id));
  if (kinds.includes("photometry")) await queries.query("UPDATE catalogue SET bands = '{}', mag_system = NULL WHERE id = $1", [id]);
  await queries.query(`DELETE FROM crossmatch o WHERE o.catalogue_id = $1 AND o.method = 'identifier' AND ${BARE}`, [id]);
  await queries.query(`DELETE FROM catalogue_object o WHERE o.catalogue_id = $1 AND ${BARE}`, [id]);
  await queries.query("UPDATE ingest_record SET status = 'replaced' WHERE catalogue = $1 AND kind = ANY($2::text[]) AND status = 'done'", [
    name,
    kinds,
  ]);
  return rows;
}

/** Removes matches by position of objects that the new delivery no longer has. */
export async function dropLooseMatches(queries: Queries, name: string): Promise<void> {
  await queries.query(
    `DELETE FROM crossmatch m USING catalogue c WHERE c.name = $1 AND m.catalogue_id = c.id
       AND NOT EXISTS (SELECT FROM catalogue_object o WHERE o.catalogue_id = m.catalogue_id AND o.object_id = m.object_id)`,
    [name],
  );
}
