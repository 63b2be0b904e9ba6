import type { Queries } from "../../database/database";
import { AppError } from "../../errors";
import { STAGING } from "./staging";

/** A label whose values become rows of survey_label_value, and the staging columns that they are in. */
export interface StagedLabel {
  readonly name: string;
  /** null for a pure number */
  readonly unit: string | null;
  readonly description: string | null;
  readonly columns: { readonly value: string; readonly error: string | null; readonly flag: string | null };
}

/** The staged values, a row each. */
const VALUES = "ingest_label_values";
/** The objects of which a value was written. */
const TOUCHED = "ingest_touched";

interface CatalogueKey {
  readonly id: number;
  readonly name: string;
}

/** Finds or declares the labels of the catalogue. @throws AppError CONFLICT for a label that is stored in another unit */
async function requireLabels(queries: Queries, { id, name: catalogue }: CatalogueKey, labels: readonly StagedLabel[]): Promise<number[]> {
  const ids: number[] = [];
  for (const { name, unit, description } of labels) {
    const [other] = await queries.query<{ name: string }>(
      "SELECT name FROM catalogue_label WHERE catalogue_id = $1 AND lower(name) = lower($2) AND name <> $2",
      [id, name],
    );
    if (other)
      throw new AppError(
        "CONFLICT",
        `The catalogue '${catalogue}' has a label '${other.name}' already; '${name}' differs by its case alone. Use one name.`,
      );
    const [row] = await queries.query<{ id: number; unit: string | null }>(
      `INSERT INTO catalogue_label AS k (catalogue_id, name, unit, description) VALUES ($1, $2, $3, $4)
       ON CONFLICT (catalogue_id, name) DO UPDATE SET description = coalesce(excluded.description, k.description) RETURNING id, unit`,
      [id, name, unit, description],
    );
    if (row!.unit !== unit)
      throw new AppError(
        "CONFLICT",
        `The label '${name}' of '${catalogue}' is stored in ${row!.unit ?? "no unit"}, the mapping file says ${unit ?? "no unit"}. Use the same unit, another label name, or --replace to take in the whole survey anew.`,
      );
    ids.push(row!.id);
  }
  return ids;
}

/** @param identity whether the file says which star an object is; else it stays what is stored */
function stageValues(labels: readonly StagedLabel[], ids: readonly number[], catalogueId: number, identity: boolean): string {
  const rows = labels.map(({ columns: { value, error, flag } }, index) => {
    const [itsError, itsFlag] = [error ? `s.${error}` : "NULL::real", flag ? `s.${flag}` : "NULL::bigint"];
    return `(${ids[index]}, s.${value}, ${itsError}, ${itsFlag})`;
  });
  const [star, join] = identity
    ? ["s", ""]
    : ["l", `LEFT JOIN survey_label l ON l.catalogue_id = ${catalogueId} AND l.object_id = s.object_id`];
  return `CREATE TEMP TABLE ${TOUCHED} (object_id text) ON COMMIT DROP;
    CREATE TEMP TABLE ${VALUES} ON COMMIT DROP AS
      SELECT s.object_id, u.label_id::integer, ${star}.release, ${star}.source_id, u.value, u.error, u.flag
      FROM ${STAGING} s ${join} CROSS JOIN LATERAL (VALUES ${rows.join(", ")}) u(label_id, value, error, flag)`;
}

const sameRow = (catalogueId: number) => `t.catalogue_id = ${catalogueId} AND t.object_id = u.object_id AND t.label_id = u.label_id`;

/** What the staged values do to those of the catalogue; each says of which objects. */
const changes = (catalogueId: number) => [
  `DELETE FROM survey_label_value t USING ${VALUES} u WHERE ${sameRow(catalogueId)} AND u.value IS NULL RETURNING t.object_id`,
  `UPDATE survey_label_value t SET value = u.value, error = u.error, flag = u.flag, release = u.release, source_id = u.source_id
   FROM ${VALUES} u WHERE ${sameRow(catalogueId)} AND u.value IS NOT NULL
     AND (t.value, t.error, t.flag, t.release, t.source_id) IS DISTINCT FROM (u.value, u.error, u.flag, u.release, u.source_id) RETURNING t.object_id`,
  `INSERT INTO survey_label_value (catalogue_id, object_id, label_id, release, source_id, value, error, flag)
   SELECT ${catalogueId}, u.object_id, u.label_id, u.release, u.source_id, u.value, u.error, u.flag FROM ${VALUES} u
   WHERE u.value IS NOT NULL AND NOT EXISTS (SELECT FROM survey_label_value t WHERE ${sameRow(catalogueId)})
   ORDER BY u.object_id, u.label_id RETURNING object_id`,
];

/** Other labels of the staged objects follow them to the star that the file says they are. */
async function moveOthers(queries: Queries, catalogueId: number): Promise<void> {
  await queries.query(
    `UPDATE survey_label_value t SET release = s.release, source_id = s.source_id FROM ${STAGING} s
     WHERE t.catalogue_id = $1 AND t.object_id = s.object_id AND (t.release, t.source_id) IS DISTINCT FROM (s.release, s.source_id)`,
    [catalogueId],
  );
}

/**
 * Merges the staged values of labels that have no column in survey_label.
 *
 * @param identity whether the file says which star an object is
 * @returns a condition on the staged row `s`: a value of its object was written; null if none can have been
 * @throws AppError CONFLICT for a label that the catalogue has in another unit, or spelled with other capitals
 */
export async function mergeLabelValues(
  queries: Queries,
  catalogue: CatalogueKey,
  labels: readonly StagedLabel[],
  identity: boolean,
): Promise<string | null> {
  if (labels.length > 0) {
    const ids = await requireLabels(queries, catalogue, labels);
    await queries.script(`DROP TABLE IF EXISTS pg_temp.${TOUCHED}, pg_temp.${VALUES}; ${stageValues(labels, ids, catalogue.id, identity)}`);
    for (const statement of changes(catalogue.id))
      await queries.query(`WITH moved AS (${statement}) INSERT INTO ${TOUCHED} SELECT DISTINCT object_id FROM moved`);
  }
  if (identity) await moveOthers(queries, catalogue.id);
  return labels.length > 0 ? `s.object_id IN (SELECT object_id FROM ${TOUCHED})` : null;
}
