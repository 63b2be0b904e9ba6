import type { Queries } from "../../database/database";
import { type VectorStorage, vectorStorage } from "../vectors/vector-storage";

/** A vector that a model version gives for a star. */
export interface PredictedVector {
  readonly release: number;
  readonly sourceId: bigint;
  readonly modelVersionId: number;
  /** name of the version's output */
  readonly output: string;
  /** finite, as long as the manifest says */
  readonly vector: readonly number[];
  /** bits, see src/catalogue/prediction-flags.ts */
  readonly flags: number;
}

type Row = [sourceId: bigint, modelVersionId: number, output: string, vector: number[], flags: number];

/** @returns the stored vectors of many stars by one or more versions, in no particular order; a star without one is absent */
export async function predictedVectorsOf(
  queries: Queries,
  release: number,
  sourceIds: readonly bigint[],
  modelVersionIds: readonly number[],
): Promise<PredictedVector[]> {
  const rows = await queries.prepared<Row>(
    "predicted-vectors-of-stars",
    `SELECT source_id, model_version_id, output, vector::real[], flags FROM predicted_vector
      WHERE model_version_id = ANY($1::int[]) AND release = $2 AND source_id = ANY($3::int8[])`,
    [modelVersionIds, release, sourceIds],
  );
  return rows.map(([sourceId, modelVersionId, output, vector, flags]) => ({ release, sourceId, modelVersionId, output, vector, flags }));
}

/** @returns a vector as COPY's text format takes it: pgvector has brackets of its own */
function vectorText(vector: readonly number[], storage: VectorStorage): string {
  if (!vector.every(Number.isFinite)) throw new Error("A vector with numbers that are not finite came to be stored.");
  return storage === "vector" ? `[${vector.join()}]` : `{${vector.join()}}`;
}

/** Writes vectors by COPY. */
export async function storeVectors(queries: Queries, vectors: readonly PredictedVector[]): Promise<void> {
  if (vectors.length === 0) return;
  const storage = await vectorStorage(queries);
  const line = ({ modelVersionId, release, sourceId, output, vector, flags }: PredictedVector) =>
    `${modelVersionId}\t${release}\t${sourceId}\t${output}\t${vectorText(vector, storage)}\t${flags}\n`;
  const columns = "model_version_id, release, source_id, output, vector, flags";
  await queries.copyIn(`predicted_vector (${columns})`, [Buffer.from(vectors.map(line).join(""))]);
}
