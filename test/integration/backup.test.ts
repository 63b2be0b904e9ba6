import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { backup, restore } from "../../src/database/backup/backup";
import { checkTables } from "../../src/database/check-tables";
import { openEmbedded } from "../../src/database/embedded";
import { embeddedFolder } from "../../src/database/embedded-folder";
import { temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();
const at = (name: string) => path.join(folder.path, name);
const settings = (name: string) => ({ dataDir: at(name), databaseUrl: null });

beforeAll(async () => {
  mkdirSync(at("data/models"), { recursive: true });
  writeFileSync(at("data/models/model.onnx"), "an artifact");
  const database = await openEmbedded(at("data"));
  await database.script("CREATE TABLE kept AS SELECT n, repeat('x', 500) AS filling FROM generate_series(1, 2000) n; ANALYZE kept");
  await database.close();
  await backup(settings("data"), at("backup.tar.gz"));
});

/** A copy of the data folder, to be damaged. */
function copyOf(name: string): string {
  cpSync(at("data"), at(name), { recursive: true });
  return embeddedFolder(at(name));
}

test("what a backup holds is there after it is restored elsewhere", async () => {
  const files = await restore(settings("restored"), at("backup.tar.gz"));
  expect(files).toBeGreaterThan(100);
  expect(readFileSync(at("restored/models/model.onnx"), "utf8")).toBe("an artifact");
  const database = await openEmbedded(at("restored"));
  expect(await database.query("SELECT count(*) AS rows, sum(n) AS sum FROM kept")).toEqual([{ rows: 2000n, sum: 2001000n }]);
  expect(await checkTables(database)).toEqual({ tables: 1, faults: [] });
  await database.close();
});

test("a database that is open is not backed up", async () => {
  const database = await openEmbedded(at("data"));
  await expect(backup(settings("data"), at("other.tar.gz"))).rejects.toMatchObject({ code: "CONFLICT" });
  await database.close();
  expect(existsSync(at("other.tar.gz"))).toBe(false);
});

test.each([
  ["cut in the middle", (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2))],
  ["cut by its last byte", (file: string) => truncateSync(file, statSync(file).size - 1)],
  ["of something else", (file: string) => writeFileSync(file, "a text")],
])("a backup %s is refused, and leaves nothing", async (_what, damage) => {
  copyFileSync(at("backup.tar.gz"), at("damaged.tar.gz"));
  damage(at("damaged.tar.gz"));
  await expect(restore(settings("never"), at("damaged.tar.gz"))).rejects.toMatchObject({
    code: "BAD_INPUT",
    message: expect.stringContaining("is not a complete backup"),
  });
  expect(readdirSync(folder.path).filter((name) => name.startsWith("never"))).toEqual([]);
});

test("a backup is not restored over data", async () => {
  await expect(restore(settings("data"), at("backup.tar.gz"))).rejects.toMatchObject({ code: "CONFLICT" });
});

test("where there is nothing to back up, or PostgreSQL has it, that is said", async () => {
  await expect(backup(settings("nowhere"), at("x"))).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(backup(settings("data"), at("data/x"))).rejects.toMatchObject({ code: "BAD_INPUT" });
  const onServer = { dataDir: at("data"), databaseUrl: "postgresql://localhost/stars" };
  await expect(backup(onServer, at("x"))).rejects.toMatchObject({ code: "BAD_INPUT", message: expect.stringContaining("pg_dump") });
});

test.each([
  ["PG_VERSION", "PG_VERSION is missing"],
  ["global/pg_control", "the control file, is missing"],
  ["pg_wal", "the write-ahead log, is missing"],
  ["base", "which holds the tables, is missing"],
])("a folder that has lost %s is refused, and not made anew over its data", async (name, message) => {
  const database = copyOf("lost");
  const before = statSync(path.join(database, "PG_VERSION")).mtimeMs;
  rmSync(path.join(database, name), { recursive: true });
  await expect(openEmbedded(at("lost"))).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining(message) });
  await expect(openEmbedded(at("lost"))).rejects.toMatchObject({ message: expect.stringContaining("asterism restore FILE") });
  if (name !== "PG_VERSION") expect(statSync(path.join(database, "PG_VERSION")).mtimeMs).toBe(before);
  else expect(existsSync(path.join(database, "PG_VERSION"))).toBe(false);
  rmSync(at("lost"), { recursive: true });
});

test("a control file of zeros is told as damage", async () => {
  const database = copyOf("zeros");
  writeFileSync(path.join(database, "global/pg_control"), Buffer.alloc(8192));
  await expect(openEmbedded(at("zeros"))).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining("damaged") });
});

test("a table whose file was cut reads as fewer rows; the check says so", async () => {
  const database = await openEmbedded(at("data"));
  const [row] = await database.query<{ file: string }>("SELECT pg_relation_filepath('kept') AS file");
  await database.close();
  truncateSync(path.join(copyOf("cut"), row!.file), 0);
  const cut = await openEmbedded(at("cut"));
  const { faults } = await checkTables(cut);
  await cut.close();
  expect(faults).toEqual([expect.stringMatching(/^table kept has 0 bytes, and had \d+: its file was cut$/)]);
});
