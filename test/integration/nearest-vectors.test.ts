import { partitionOf } from "../../src/catalogue/predicted/predicted-tables";
import { type PredictedVector, predictedVectorsOf, storeVectors } from "../../src/catalogue/predicted/predicted-vector";
import { nearestToStars, nearestVectors } from "../../src/catalogue/vectors/nearest-vectors";
import { indexVectors } from "../../src/catalogue/vectors/vector-index";
import { vectorStorage } from "../../src/catalogue/vectors/vector-storage";
import type { Database } from "../../src/database/database";
import { openTestDatabase } from "../support/database";
import { uniform } from "../support/random";

const [VERSION, LENGTH, STARS] = [7, 6, 400];
const SET = { versionId: VERSION, release: 3, output: "embedding", length: LENGTH } as const;

let database: Database;
const chance = uniform(3);
const vectors: PredictedVector[] = Array.from({ length: STARS }, (_, index) => ({
  release: 3,
  sourceId: BigInt(5000 + index),
  modelVersionId: VERSION,
  output: "embedding",
  vector: Array.from({ length: LENGTH }, () => Math.fround(chance() - 0.5)),
  flags: index % 2,
}));
/** What must not be found: the same vectors of another output, and of another release. */
const others = vectors.slice(0, 20).flatMap((one) => [
  { ...one, output: "other", sourceId: one.sourceId + 90_000n, vector: [...one.vector, 1] },
  { ...one, release: 2, sourceId: one.sourceId + 80_000n },
]);

beforeAll(async () => {
  database = await openTestDatabase();
  await database.script(
    `CREATE TABLE ${partitionOf("predicted_vector", VERSION)} PARTITION OF predicted_vector FOR VALUES IN (${VERSION})`,
  );
  await storeVectors(database, [...vectors, ...others]);
});
afterAll(() => database.close());

/** By comparing all, in double precision. */
function bruteForce(of: readonly number[], k: number, without: bigint | null = null) {
  const distance = (vector: readonly number[]) => Math.hypot(...vector.map((value, index) => value - of[index]!));
  return vectors
    .filter(({ sourceId }) => sourceId !== without)
    .map(({ sourceId, vector }) => ({ sourceId, distance: distance(vector) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, k);
}

function expectSame(found: readonly { sourceId: bigint; distance: number }[] | null, wanted: ReturnType<typeof bruteForce>): void {
  expect(found?.map(({ sourceId }) => sourceId)).toEqual(wanted.map(({ sourceId }) => sourceId));
  for (const [index, one] of wanted.entries()) expect(found?.[index]?.distance).toBeCloseTo(one.distance, 5);
}

test("stored vectors come back as they were", async () => {
  const [stored] = await predictedVectorsOf(database, 3, [5001n], [VERSION]);
  // The database writes the shortest digits that identify a real.
  expect({ ...stored!, vector: stored!.vector.map(Math.fround) }).toEqual(vectors[1]);
});

test("the nearest to a vector are those that comparing all of them finds", async () => {
  for (let trial = 0; trial < 10; trial++) {
    const of = Array.from({ length: LENGTH }, () => chance() - 0.5);
    expectSame(await nearestVectors(database, { ...SET, of, k: 12, exact: true }), bruteForce(of.map(Math.fround), 12));
  }
});

test("the nearest to stars are found in one statement, each star without itself, and none for a star without a vector", async () => {
  const ids = [5003n, 12n, 5399n];
  const [first, none, last] = await nearestToStars(database, { ...SET, of: ids, k: 5, exact: true });
  expectSame(first!, bruteForce(vectors[3]!.vector, 5, 5003n));
  expect(none).toBeNull();
  expectSame(last!, bruteForce(vectors[399]!.vector, 5, 5399n));
});

test("stars at the same distance follow by source_id", async () => {
  const twins = [6003n, 6001n, 6002n].map((sourceId) => ({ ...vectors[0]!, output: "twins", sourceId }));
  await storeVectors(database, twins);
  const found = await nearestVectors(database, { ...SET, output: "twins", of: vectors[0]!.vector, k: 2, exact: false });
  expect(found.map(({ sourceId }) => sourceId)).toEqual([6001n, 6002n]);
});

test("a star alone in its set has no neighbours, which is not the same as having no vector", async () => {
  await storeVectors(database, [{ ...vectors[0]!, output: "alone", sourceId: 1n }]);
  expect(await nearestToStars(database, { ...SET, output: "alone", of: [1n, 2n], k: 5, exact: false })).toEqual([[], null]);
});

test.each([
  [[1, 2, 3], "6 numbers"],
  [[1, 2, 3, 4, 5, Number.NaN], "finite"],
  [[1, 2, 3, 4, 5, 1e300], "finite"],
])("the vector %j is refused", async (of, message) => {
  const asked = nearestVectors(database, { ...SET, of, k: 5, exact: false });
  await expect(asked).rejects.toMatchObject({ code: "BAD_INPUT", message: expect.stringContaining(message) });
});

test("a vector that is not finite is not stored", async () => {
  await expect(storeVectors(database, [{ ...vectors[0]!, vector: [Number.POSITIVE_INFINITY] }])).rejects.toThrow("not finite");
});

test("an index is made of a large set alone, where there is pgvector, and finds nearly all that comparing finds", async () => {
  expect(await indexVectors(database, SET)).toBe(false);
  const indexed = await indexVectors(database, SET, 100);
  expect(indexed).toBe((await vectorStorage(database)) === "vector");
  expect(await indexVectors(database, SET, 100)).toBe(indexed);
  const of = Array.from({ length: LENGTH }, () => chance() - 0.5);
  const found = await nearestVectors(database, { ...SET, of, k: 20, exact: false });
  const right = new Set(bruteForce(of, 20).map(({ sourceId }) => sourceId));
  expect(found.filter(({ sourceId }) => right.has(sourceId)).length).toBeGreaterThanOrEqual(18);
  expectSame(await nearestVectors(database, { ...SET, of, k: 20, exact: true }), bruteForce(of.map(Math.fround), 20));
});
