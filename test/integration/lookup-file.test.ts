import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { LookupRequest } from "../../src/catalogue/lookup/lookup";
import { lookupToFile } from "../../src/catalogue/lookup/lookup-file";
import type { Database } from "../../src/database/database";
import { TABLE_FORMAT_NAMES } from "../../src/formats/table-formats";
import { openTestDatabase } from "../support/database";
import { decodeTable } from "../support/decode-table";
import { temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();
const REQUEST: LookupRequest = { release: 3, versions: [], columns: ["ra"] };

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  await database.script("INSERT INTO star (release, source_id, ra, dec) SELECT 3, id, 1, 1 FROM generate_series(1, 100) id");
});
afterAll(() => database.close());

/** The database, lost when the second chunk is asked for. */
function losing(): Database {
  let statements = 0;
  const count = async <T>(work: () => Promise<T>) => {
    if (++statements === 2) throw new Error("terminating connection due to administrator command");
    return work();
  };
  return {
    ...database,
    bulkCopy: (sql, format, signal) => count(() => database.bulkCopy(sql, format, signal)),
  };
}

const input = folder.write("ids.csv", `source_id\n${Array.from({ length: 11_000 }, (_, n) => 11_000 - n).join("\n")}\n`);
const filesOf = (name: string) => readdirSync(folder.path).filter((file) => file.startsWith(name));

test("a file is looked up whole, with its progress told", async () => {
  const output = path.join(folder.path, "whole.parquet");
  folder.write("whole.parquet.partial", "left behind by a run that was killed");
  const progress: number[] = [];
  const onProgress = (done: number) => progress.push(done);
  expect(await lookupToFile(database, input, REQUEST, "parquet", output, { onProgress })).toMatchObject({ rows: 11_000, file: output });
  expect(progress).toEqual([5_000, 10_000, 11_000, 11_000]);
  const rows = await decodeTable("parquet", readFileSync(output));
  expect([rows.length, rows[0]?.source_id, rows.at(-1)]).toEqual([11_000, "11000", { source_id: "1", found: "true", ra: "1" }]);
  expect(filesOf("whole")).toEqual(["whole.parquet"]);
});

test.each(TABLE_FORMAT_NAMES)("no %s file appears where the database is lost on the way", async (format) => {
  const output = path.join(folder.path, `broken.${format}`);
  await expect(lookupToFile(losing(), input, REQUEST, format, output)).rejects.toThrow("terminating connection");
  expect(filesOf("broken")).toEqual([]);
});

test("a file that is not there, or holds no ids, leaves nothing behind", async () => {
  const output = path.join(folder.path, "none.csv");
  await expect(lookupToFile(database, path.join(folder.path, "absent.csv"), REQUEST, "csv", output)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  const bad = folder.write("bad.csv", "source_id\nabc\n");
  await expect(lookupToFile(database, bad, REQUEST, "csv", output)).rejects.toMatchObject({
    code: "BAD_INPUT",
    message: expect.stringContaining("bad.csv, row 1: 'abc'"),
  });
  expect(existsSync(output)).toBe(false);
  expect(filesOf("none")).toEqual([]);
});
