import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { exportToFile } from "../../src/catalogue/export/export-file";
import type { ExportRequest } from "../../src/catalogue/export/statement";
import type { Database } from "../../src/database/database";
import { openTestDatabase } from "../support/database";
import { temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();
const REQUEST: ExportRequest = { what: "stars", release: 3, filter: {}, after: null, catalogue: null, modelVersionId: null };

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  // A little more than four chunks.
  await database.script("INSERT INTO star (release, source_id, ra, dec) SELECT 3, id, 1, 1 FROM generate_series(1, 41000) id");
});
afterAll(() => database.close());

/** The database, lost when its n-th statement comes. */
function losing(n: number): Database {
  let statements = 0;
  const count = async <T>(work: () => Promise<T>) => {
    if (++statements === n) throw new Error("terminating connection due to administrator command");
    return work();
  };
  return {
    ...database,
    bulkRows: (sql, signal) => count(() => database.bulkRows(sql, signal)),
    bulkCopy: (sql, format, signal) => count(() => database.bulkCopy(sql, format, signal)),
  };
}

test("a CSV file that broke off is gone on with, and ends as if it had not", async () => {
  const [whole, broken] = ["whole.csv", "broken.csv"].map((name) => path.join(folder.path, name)) as [string, string];
  const progress: number[] = [];
  await exportToFile(database, REQUEST, "csv", whole, { onProgress: (stars) => progress.push(stars) });
  expect(progress).toEqual([10_000, 20_000, 30_000, 40_000, 41_000]);
  // The count is the first statement, the second chunk the third.
  await expect(exportToFile(losing(3), REQUEST, "csv", broken)).rejects.toThrow("terminating connection");
  expect(existsSync(broken)).toBe(false);
  const otherFilter = exportToFile(database, { ...REQUEST, filter: { synthetic: true } }, "csv", broken, { resume: true });
  await expect(otherFilter).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await exportToFile(database, REQUEST, "csv", broken, { resume: true })).toMatchObject({ stars: 31_000, resumedAfter: 10_000n });
  expect(readFileSync(broken).equals(readFileSync(whole))).toBe(true);
  expect(readdirSync(folder.path).sort()).toEqual(["broken.csv", "whole.csv"]);
});

test("a Parquet file that broke off leaves nothing, and cannot be resumed", async () => {
  const file = path.join(folder.path, "broken.parquet");
  await expect(exportToFile(losing(3), REQUEST, "parquet", file)).rejects.toThrow("terminating connection");
  expect(readdirSync(folder.path).filter((name) => name.startsWith("broken.parquet"))).toEqual([]);
  await expect(exportToFile(database, REQUEST, "parquet", file, { resume: true })).rejects.toMatchObject({ code: "BAD_INPUT" });
});

test.each([[folder.path], ["/dev/null"]])("%s is no place for a file, and stays what it is", async (place) => {
  const before = statSync(place);
  await expect(exportToFile(database, REQUEST, "csv", place)).rejects.toMatchObject({ code: "BAD_INPUT" });
  expect(statSync(place).ino).toBe(before.ino);
});

test("what is refused leaves nothing behind", async () => {
  const file = path.join(folder.path, "refused.csv");
  await expect(exportToFile(database, { ...REQUEST, what: "predictions" }, "csv", file)).rejects.toMatchObject({ code: "BAD_INPUT" });
  expect(readdirSync(folder.path).filter((name) => name.startsWith("refused"))).toEqual([]);
});

test("a folder that is not there is refused", async () => {
  const file = path.join(folder.path, "none", "stars.csv");
  await expect(exportToFile(database, REQUEST, "csv", file)).rejects.toMatchObject({ code: "BAD_INPUT" });
});
