import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { openPartial } from "../../src/catalogue/bulk/partial-file";
import { exportToFile } from "../../src/catalogue/export/export-file";
import type { ExportRequest } from "../../src/catalogue/export/export-request";
import type { Database } from "../../src/database/database";
import { openTestDatabase } from "../support/database";
import { temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();
const REQUEST: ExportRequest = { what: "stars", release: 3, filter: {}, after: null, catalogue: null, version: null };

const filesOf = (name: string) => readdirSync(folder.path).filter((file) => file.startsWith(name));

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

test.each(["csv", "ecsv"] as const)("a file of %s that broke off is gone on with, and ends as if it had not", async (format) => {
  const [whole, broken] = [`whole.${format}`, `broken.${format}`].map((name) => path.join(folder.path, name)) as [string, string];
  const progress: number[] = [];
  await exportToFile(database, REQUEST, format, whole, { onProgress: (stars) => progress.push(stars) });
  expect(progress).toEqual([10_000, 20_000, 30_000, 40_000, 41_000]);
  // The count is the first statement, the second chunk the third.
  await expect(exportToFile(losing(3), REQUEST, format, broken)).rejects.toThrow("terminating connection");
  expect(existsSync(broken)).toBe(false);
  const otherFilter = exportToFile(database, { ...REQUEST, filter: { synthetic: true } }, format, broken, { resume: true });
  await expect(otherFilter).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await exportToFile(database, REQUEST, format, broken, { resume: true })).toMatchObject({ stars: 31_000, resumedAfter: 10_000n });
  expect(readFileSync(broken).equals(readFileSync(whole))).toBe(true);
  expect(filesOf(`broken.${format}`)).toEqual([`broken.${format}`]);
});

test("what a file says of itself is written beside it where that is asked for", async () => {
  const [file, about] = ["described.csv", "described.json"].map((name) => path.join(folder.path, name)) as [string, string];
  const origin = { date: "2026-07-01", software: "asterism 0" };
  await exportToFile(database, REQUEST, "csv", file, { about, origin });
  const { description, notes, columns } = JSON.parse(readFileSync(about, "utf8")) as Record<string, { name: string }[]>;
  expect([description, notes![0]]).toEqual(["stars of Gaia DR3", { name: "request_date", value: "2026-07-01" }]);
  expect(columns!.map(({ name }) => name).join()).toBe(readFileSync(file, "utf8").split("\n")[0]);
});

test("a CSV file that broke off before its first star is continued, with one header line", async () => {
  const [whole, headOnly] = ["whole.csv", "head-only.csv"].map((name) => path.join(folder.path, name)) as [string, string];
  await exportToFile(database, REQUEST, "csv", whole);
  await expect(exportToFile(losing(2), REQUEST, "csv", headOnly)).rejects.toThrow("terminating connection");
  expect(readFileSync(`${headOnly}.partial`, "utf8")).toMatch(/^source_id,.*\n$/);
  expect(await exportToFile(database, REQUEST, "csv", headOnly, { resume: true })).toMatchObject({ stars: 41_000, resumedAfter: null });
  expect(readFileSync(headOnly).equals(readFileSync(whole))).toBe(true);
});

test("a Parquet file that broke off leaves nothing", async () => {
  const file = path.join(folder.path, "broken.parquet");
  await expect(exportToFile(losing(3), REQUEST, "parquet", file)).rejects.toThrow("terminating connection");
  expect(filesOf("broken.parquet")).toEqual([]);
});

test.each(["votable", "parquet", "arrow"] as const)(
  "%s of which a killed run left a part is begun anew, and that is said",
  async (format) => {
    const [whole, killed] = ["whole", "killed"].map((name) => path.join(folder.path, `${name}.${format}`)) as [string, string];
    await exportToFile(database, REQUEST, format, whole);
    folder.write(`killed.${format}.partial`, "x".repeat(200_000));
    const notes: string[] = [];
    const onNote = (note: string) => notes.push(note);
    expect(await exportToFile(database, REQUEST, format, killed, { resume: true, onNote })).toMatchObject({
      stars: 41_000,
      resumedAfter: null,
    });
    expect(notes).toEqual([expect.stringMatching(/Overwriting .*partial, 0\.2 MB of an earlier run: .* cannot be resumed/)]);
    expect(readFileSync(killed).equals(readFileSync(whole))).toBe(true);
    for (const file of [whole, killed]) rmSync(file);
    expect(filesOf("killed")).toEqual([]);
  },
);

test("what could have been gone on with is begun anew without --resume, and that is said", async () => {
  const file = path.join(folder.path, "anew.csv");
  await expect(exportToFile(losing(3), REQUEST, "csv", file)).rejects.toThrow("terminating connection");
  const notes: string[] = [];
  await exportToFile(database, REQUEST, "csv", file, { onNote: (note) => notes.push(note) });
  expect(notes).toEqual([expect.stringContaining("--resume would have continued it")]);
  expect(readFileSync(file, "utf8").split("\n")).toHaveLength(41_002);
  expect(filesOf("anew")).toEqual(["anew.csv"]);
});

test("what cannot be gone on with, because a power cut emptied its journal, is begun anew, and that is said", async () => {
  const file = path.join(folder.path, "emptied.csv");
  await expect(exportToFile(losing(3), REQUEST, "csv", file)).rejects.toThrow("terminating connection");
  folder.write("emptied.csv.partial.json", "");
  const notes: string[] = [];
  await exportToFile(database, REQUEST, "csv", file, { resume: true, onNote: (note) => notes.push(note) });
  expect(notes).toEqual([expect.stringContaining("its journal is missing or damaged")]);
  expect(readFileSync(file, "utf8").split("\n")).toHaveLength(41_002);
  expect(filesOf("emptied")).toEqual(["emptied.csv"]);
});

test("while one writes a file, another is told so, and spoils nothing", async () => {
  const file = path.join(folder.path, "shared.csv");
  const first = await openPartial(file, { fingerprint: null });
  await first.append(Buffer.from("of the first"), null);
  const second = exportToFile(database, REQUEST, "csv", file);
  await expect(second).rejects.toMatchObject({
    code: "CONFLICT",
    message: expect.stringContaining(`being written by process ${process.pid}`),
  });
  await first.finish();
  expect(readFileSync(file, "utf8")).toBe("of the first");
  expect(filesOf("shared")).toEqual(["shared.csv"]);
  expect(await exportToFile(database, REQUEST, "csv", file)).toMatchObject({ stars: 41_000 });
});

test.each([[folder.path], ["/dev/null"]])("%s is no place for a file, and stays what it is", async (place) => {
  const before = statSync(place);
  await expect(exportToFile(database, REQUEST, "csv", place)).rejects.toMatchObject({ code: "BAD_INPUT" });
  expect(statSync(place).ino).toBe(before.ino);
});

test("what is refused leaves nothing behind", async () => {
  const file = path.join(folder.path, "refused.csv");
  await expect(exportToFile(database, { ...REQUEST, what: "predictions" }, "csv", file)).rejects.toMatchObject({ code: "BAD_INPUT" });
  expect(filesOf("refused")).toEqual([]);
});

test("a folder that is not there is refused", async () => {
  const file = path.join(folder.path, "none", "stars.csv");
  await expect(exportToFile(database, REQUEST, "csv", file)).rejects.toMatchObject({ code: "BAD_INPUT" });
});
