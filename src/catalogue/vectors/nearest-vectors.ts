import type { Database, Queries } from "../../database/database";
import { AppError } from "../../errors";
import { isIndexed } from "./vector-index";
import { nearestSql, type VectorSet, withinSet } from "./vector-search-sql";
import { vectorStorage } from "./vector-storage";

/** A star and how far its vector lies from the one that was asked about. */
export interface NearVector {
  readonly sourceId: bigint;
  /** Euclidean, in the vectors' own unit */
  readonly distance: number;
}

/** Where to look, and for how many. */
export interface VectorSearch extends VectorSet {
  /** stars wanted of each */
  readonly k: number;
  /** compares every vector, also where an index would answer sooner and miss one now and then */
  readonly exact: boolean;
}

/** Vectors that pgvector's index follows up: at 100, 96% of the true neighbours are found (docs/decisions/0018-vectors.md). */
const LEAST_FOLLOWED = 100;
const MOST_FOLLOWED = 1000;

type Row = [of: bigint | null, sourceId: bigint | null, distance: number];

/** Looks in one transaction, which alone its settings concern. */
async function search(
  database: Pick<Database, "transaction">,
  wanted: VectorSearch,
  asked: string,
  parameters: readonly (readonly number[] | readonly bigint[])[],
): Promise<Row[]> {
  return database.transaction(async (queries: Queries) => {
    const storage = await vectorStorage(queries);
    const exact = wanted.exact || wanted.k >= MOST_FOLLOWED || !(await isIndexed(queries, wanted));
    if (!exact) {
      const followed = Math.min(MOST_FOLLOWED, Math.max(LEAST_FOLLOWED, 2 * (wanted.k + 1)));
      await queries.query("SELECT set_config('hnsw.ef_search', $1, true)", [String(followed)]);
    }
    const vectors = storage === "vector" ? asked.replace("$1::real[]", "$1::real[]::vector") : asked;
    return queries.prepared<Row>("", nearestSql(wanted, vectors, storage, wanted.k, exact), parameters);
  });
}

/** @returns no star for the row of nulls that stands for none */
const toNear = ([, sourceId, distance]: Row): NearVector[] => (sourceId === null ? [] : [{ sourceId, distance }]);

function checkVector(vector: readonly number[], { output, length }: VectorSet): void {
  if (vector.length !== length)
    throw new AppError("BAD_INPUT", `vector must have the ${length} numbers that '${output}' has, not ${vector.length}.`);
  const fault = vector.find((value) => !Number.isFinite(Math.fround(value)));
  if (fault !== undefined) throw new AppError("BAD_INPUT", `vector must hold finite numbers within the range of float32, not ${fault}.`);
}

/**
 * The stars whose vectors are nearest to a given one.
 *
 * @returns nearest first, stars of equal distance by source_id; fewer than `k` where no more have a vector
 * @throws AppError BAD_INPUT if the vector is not one of the set
 */
export async function nearestVectors(
  database: Pick<Database, "transaction">,
  { of, ...wanted }: VectorSearch & { readonly of: readonly number[] },
): Promise<NearVector[]> {
  checkVector(of, wanted);
  const rows = await search(database, wanted, "(SELECT NULL::int8 AS source_id, $1::real[] AS vector) q", [of]);
  return rows.flatMap(toNear);
}

/**
 * The stars whose vectors are nearest to those of given stars, the stars themselves left out, in one statement.
 *
 * @returns for each id, in order, as `nearestVectors`; null for a star that has no vector in the set
 */
export async function nearestToStars(
  database: Pick<Database, "transaction">,
  { of, ...wanted }: VectorSearch & { readonly of: readonly bigint[] },
): Promise<(NearVector[] | null)[]> {
  const asked = `(SELECT p.source_id, p.vector FROM predicted_vector p WHERE ${withinSet(wanted, "p")} AND p.source_id = ANY($1::int8[]) OFFSET 0) q`;
  const rows = await search(database, wanted, asked, [of]);
  const found = new Map<bigint, NearVector[]>();
  for (const row of rows) {
    const near = found.get(row[0]!) ?? [];
    near.push(...toNear(row));
    found.set(row[0]!, near);
  }
  return of.map((star) => found.get(star) ?? null);
}
