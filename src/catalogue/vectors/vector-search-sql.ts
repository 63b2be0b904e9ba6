import { literal, nameLiteral } from "../bulk/select";
import type { Release } from "../release";
import type { VectorStorage } from "./vector-storage";

/** The vectors of one output of one version, within one release. */
export interface VectorSet {
  readonly versionId: number;
  readonly release: Release;
  /** the output's name, as the manifest gives it */
  readonly output: string;
  /** numbers of a vector, as the manifest gives it */
  readonly length: number;
}

/** Constants, not parameters: an index on part of the rows serves only a statement that is known to ask for that part. */
export const withinSet = ({ versionId, release, output }: VectorSet, row: string): string =>
  `${row}.model_version_id = ${literal(versionId)} AND ${row}.release = ${literal(release)} AND ${row}.output = ${nameLiteral(output)}`;

/** pgvector indexes vectors of one declared length; the column holds those of every version, so the length is in the expression. */
export const indexedVector = (row: string, length: number): string => `${row}.vector::vector(${length})`;

/**
 * The Euclidean distance between `d.vector` and `q.vector`.
 *
 * @param exact leaves out the length, so that no index matches the expression and every vector is compared
 */
export function distanceSql(storage: VectorStorage, length: number, exact: boolean): string {
  if (storage === "array") return "sqrt((SELECT sum((u.a::float8 - u.b) * (u.a::float8 - u.b)) FROM unnest(d.vector, q.vector) u (a, b)))";
  return exact ? "d.vector <-> q.vector" : `${indexedVector("d", length)} <-> ${indexedVector("q", length)}`;
}

/**
 * The nearest stars `n` of each query vector `q` (source_id, null for a vector that is no star's, and vector); a row of nulls
 * for one that no other star is in the set with.
 *
 * @param asked FROM item that gives `q`
 */
export function nearestSql(set: VectorSet, asked: string, storage: VectorStorage, k: number, exact: boolean): string {
  const distance = distanceSql(storage, set.length, exact);
  // PostgreSQL 15 walks along pgvector's index for an order by distance alone.
  const order = exact ? `${distance}, d.source_id` : distance;
  return `SELECT q.source_id, n.source_id, n.distance FROM ${asked} LEFT JOIN LATERAL (
      SELECT d.source_id, ${distance} AS distance FROM predicted_vector d
      WHERE ${withinSet(set, "d")} AND d.source_id IS DISTINCT FROM q.source_id
      ORDER BY ${order} LIMIT ${literal(k)}) n ON true
    ORDER BY q.source_id, n.distance, n.source_id`;
}
