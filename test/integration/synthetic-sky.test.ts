import { makeSky } from "../../src/catalogue/synthetic-sky/make-sky";
import { removeSky } from "../../src/catalogue/synthetic-sky/remove-sky";
import type { Database } from "../../src/database/database";
import { openTestDatabase } from "../support/database";

const TABLES = ["star", "photometry", "crossmatch", "survey_label", "catalogue"];
const REAL_STAR = "INSERT INTO star (release, source_id, ra, dec) VALUES (3, 5937083312263887616, 252.6, -48.0)";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  await database.query(REAL_STAR);
});
afterAll(() => database.close());
afterEach(() => removeSky(database));

async function counts(): Promise<number[]> {
  const all: number[] = [];
  for (const table of TABLES) {
    const [row] = await database.query<{ n: number }>(`SELECT count(*)::int4 AS n FROM ${table}`);
    all.push(row!.n);
  }
  return all;
}

test("a sky is the same whenever it is made, to the last byte", async () => {
  const first = await makeSky(database, { stars: 300, seed: 42 });
  await removeSky(database);
  const again = await makeSky(database, { stars: 300, seed: 42 });
  expect(again.sha256).toBe(first.sha256);
  // Kept so that another engine, platform or version that disagrees is seen.
  expect(first.sha256).toBe("f968908d905796ffbbb7f30b7a95993e467aa9c092bf30b5b847aab441d981f4");
});

test("the same sky made twice changes nothing and says so", async () => {
  await makeSky(database, { stars: 200, seed: 1 });
  const before = await counts();
  expect((await makeSky(database, { stars: 200, seed: 1 })).made).toBe(false);
  expect(await counts()).toEqual(before);
});

test("another sky is refused until it may replace the first, and then it does", async () => {
  await makeSky(database, { stars: 200, seed: 1 });
  await expect(makeSky(database, { stars: 100, seed: 1 })).rejects.toThrow(/--replace/);
  expect((await makeSky(database, { stars: 100, seed: 1, replace: true })).removed).toBe(200);
  expect((await counts())[0]).toBe(101);
});

test("a run that ends in the middle leaves no trace, and the next one ends as if it had not been", async () => {
  const before = await counts();
  const stopHalfway = (done: number) => {
    if (done > 0) throw new Error("killed");
  };
  await expect(makeSky(database, { stars: 6000, seed: 3, onProgress: stopHalfway })).rejects.toThrow("killed");
  expect(await counts()).toEqual(before);
  expect((await makeSky(database, { stars: 100, seed: 3 })).made).toBe(true);
});

test("everything made is marked synthetic, and removing it leaves real stars alone", async () => {
  await makeSky(database, { stars: 100, seed: 5 });
  const [marks] = await database.query<{ stars: number; catalogues: number }>(
    `SELECT (SELECT count(*)::int4 FROM star WHERE synthetic AND source_id % 128 = 127 AND ebv_map LIKE 'synthetic%') AS stars,
            (SELECT count(*)::int4 FROM catalogue WHERE synthetic AND name LIKE 'synthetic-%') AS catalogues`,
  );
  expect(marks).toEqual({ stars: 100, catalogues: 9 });
  expect(await removeSky(database)).toEqual({ stars: 100 });
  expect(await counts()).toEqual([1, 0, 0, 0, 0]);
});

test("a record keeps what was made", async () => {
  const { sha256 } = await makeSky(database, { stars: 50, seed: 9 });
  const rows = await database.query("SELECT kind, source, status, inserted, sha256 FROM ingest_record ORDER BY id DESC LIMIT 1");
  expect(rows).toEqual([{ kind: "synthetic", source: "synthetic sky v1, 50 stars, seed 9", status: "done", inserted: 50n, sha256 }]);
});

test("a sky of no stars or too many is refused", async () => {
  await expect(makeSky(database, { stars: 0, seed: 1 })).rejects.toThrow("1 to 33554432 stars, not 0");
  await expect(makeSky(database, { stars: 10, seed: -1 })).rejects.toThrow("not -1");
});
