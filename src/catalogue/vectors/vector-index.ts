import type { Queries } from "../../database/database";
import { literal, nameLiteral } from "../bulk/select";
import { partitionOf } from "../predicted/predicted-tables";
import { indexedVector, type VectorSet, withinSet } from "./vector-search-sql";
import { vectorStorage } from "./vector-storage";

/**
 * Vectors from which on a set is indexed. To compare 100,000 of 64 numbers takes 60 ms, and their index takes 85 s to make
 * and twice the room of the vectors.
 */
export const INDEXED_FROM = 100_000;

/** pgvector indexes no longer ones. */
const LONGEST_INDEXED = 2000;

/** The index's name, which ends neither too long nor with anything that needs escaping. */
const indexOf = ({ versionId, output, release }: VectorSet) => `${partitionOf("predicted_vector", versionId)}_${output}_dr${release}`;

/** Whether a set has its index. */
export async function isIndexed(queries: Queries, set: VectorSet): Promise<boolean> {
  const [row] = await queries.prepared<[boolean]>("is-vector-index", "SELECT to_regclass(quote_ident($1)) IS NOT NULL", [indexOf(set)]);
  return row![0];
}

async function countVectors(queries: Queries, set: VectorSet): Promise<number> {
  const [row] = await queries.query<{ n: bigint }>(`SELECT count(*) AS n FROM predicted_vector d WHERE ${withinSet(set, "d")}`);
  return Number(row!.n);
}

/**
 * Makes the index for approximate search of one set, unless it is there, too small to need one, or kept as arrays. It is made
 * after a backfill, which would write a hundred times as slowly into an index as without one; later vectors join it.
 *
 * @returns whether there is an index now
 */
export async function indexVectors(queries: Queries, set: VectorSet, from = INDEXED_FROM): Promise<boolean> {
  if (set.length > LONGEST_INDEXED || (await vectorStorage(queries)) === "array" || (await countVectors(queries, set)) < from) return false;
  const partition = partitionOf("predicted_vector", set.versionId);
  await queries.script(
    `CREATE INDEX IF NOT EXISTS "${indexOf(set)}" ON ${partition}
       USING hnsw ((${indexedVector(partition, set.length)}) vector_l2_ops)
       WHERE release = ${literal(set.release)} AND output = ${nameLiteral(set.output)}`,
  );
  return true;
}
