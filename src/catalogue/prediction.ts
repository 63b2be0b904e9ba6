import type { Queries } from "../database/database";
import type { Prisma } from "../database/generated/client";
import { PREDICTED_TABLES } from "./predicted/predicted-tables";
import type { UnpredictedReason } from "./refusals";

/** A label that a model version predicts for a star. */
export interface Prediction {
  readonly release: number;
  readonly sourceId: bigint;
  readonly modelVersionId: number;
  /** teff [K], logg [dex], feh [dex], mh [dex], alphaM [dex] */
  readonly label: string;
  /** in the label's unit */
  readonly value: number;
  /** one standard deviation, in the label's unit */
  readonly uncertainty: number;
  /** bits, see prediction-flags.ts */
  readonly flags: number;
}

/** A star without a prediction of a version, and why. */
export interface Unpredicted {
  readonly release: number;
  readonly sourceId: bigint;
  readonly reason: UnpredictedReason;
}

/**
 * SQL: whether a star `s` has not been through the backfill of a version: neither an answer nor a note that there
 * is none.
 *
 * @param version the placeholder that stands for the version's row id, as `$1`
 */
export function lacks(version: `$${number}`): string {
  const none = (table: string) =>
    `NOT EXISTS (SELECT FROM ${table} d WHERE d.model_version_id = ${version} AND d.release = s.release AND d.source_id = s.source_id)`;
  return [...PREDICTED_TABLES, "unpredicted_star"].map(none).join(" AND ");
}

/**
 * Reads the stored predictions of many stars by one or more versions, in one statement.
 *
 * @returns in no particular order; a star without a prediction is absent
 */
export async function predictionsOf(
  queries: Queries,
  release: number,
  sourceIds: readonly bigint[],
  modelVersionIds: readonly number[],
): Promise<Prediction[]> {
  const rows = await queries.prepared<[bigint, number, string, number, number, number]>(
    "predictions-of-stars",
    `SELECT source_id, model_version_id, label, value, uncertainty, flags FROM predicted_label
      WHERE model_version_id = ANY($1::int[]) AND release = $2 AND source_id = ANY($3::int8[])`,
    [modelVersionIds, release, sourceIds],
  );
  return rows.map(([sourceId, modelVersionId, label, value, uncertainty, flags]) => ({
    release,
    sourceId,
    modelVersionId,
    label,
    value,
    uncertainty,
    flags,
  }));
}

/** SQL: whether a version has any kind of stored answer for a star `s`. @param version the placeholder of its row id */
function has(version: `$${number}`): string {
  const some = (table: string) =>
    `EXISTS (SELECT FROM ${table} c WHERE c.model_version_id = ${version} AND c.release = s.release AND c.source_id = s.source_id)`;
  return `(${PREDICTED_TABLES.map(some).join(" OR ")})`;
}

/**
 * How many stars have a stored prediction of the champion and have not been through the candidate's backfill:
 * readers of the champion would see holes there. None where the champion was never backfilled.
 */
export async function countHoles(transaction: Prisma.TransactionClient, championId: number, candidateId: number): Promise<number> {
  const [row] = await transaction.$queryRawUnsafe<{ holes: bigint }[]>(
    `SELECT count(*) AS holes FROM star s WHERE ${has("$2")} AND ${lacks("$1")}`,
    candidateId,
    championId,
  );
  return Number(row!.holes);
}

/** Writes predictions by COPY. Labels are a manifest's names: letters and digits, so that nothing needs escaping. */
export async function storePredictions(queries: Queries, predictions: readonly Prediction[]): Promise<void> {
  const line = ({ modelVersionId, release, sourceId, label, value, uncertainty, flags }: Prediction) =>
    `${modelVersionId}\t${release}\t${sourceId}\t${label}\t${value}\t${uncertainty}\t${flags}\n`;
  const columns = "model_version_id, release, source_id, label, value, uncertainty, flags";
  if (predictions.length === 0) return;
  await queries.copyIn(`predicted_label (${columns})`, [Buffer.from(predictions.map(line).join(""))]);
}

/** Remembers the stars that a version has no answer for, so that its backfill can be complete. */
export async function storeUnpredicted(queries: Queries, modelVersionId: number, stars: readonly Unpredicted[]): Promise<void> {
  await queries.query(
    `INSERT INTO unpredicted_star (model_version_id, release, source_id, reason)
     SELECT $1::int, unnest($2::int[]), unnest($3::int8[]), unnest($4::text[])`,
    [modelVersionId, stars.map((star) => star.release), stars.map((star) => star.sourceId), stars.map((star) => star.reason)],
  );
}

/** Forgets which stars a version had no answer for, so that its next backfill asks again. */
export async function forgetUnpredicted(queries: Queries, modelVersionId: number, release: number): Promise<void> {
  await queries.query("DELETE FROM unpredicted_star WHERE model_version_id = $1 AND release = $2", [modelVersionId, release]);
}
