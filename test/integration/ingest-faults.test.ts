import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { distancesPlan } from "../../src/catalogue/ingest/distances-plan";
import { gaiaPlan } from "../../src/catalogue/ingest/gaia-plan";
import { type IngestOutcome, ingestFile } from "../../src/catalogue/ingest/ingest-file";
import { passesOfKind } from "../../src/catalogue/ingest/kinds";
import { closeDeadRecords, startRecord } from "../../src/catalogue/ingest/record";
import type { Release } from "../../src/catalogue/release";
import type { Database } from "../../src/database/database";
import { openTestDatabase } from "../support/database";
import { type FitsCards, fitsFile, temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();
let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(() => database.script("DELETE FROM star; DELETE FROM ingest_record"));

const ingest = (file: string, { release = 3 as Release, maxRejected = 100, plan = gaiaPlan } = {}): Promise<IngestOutcome> =>
  ingestFile(database, file, {
    kind: "gaia",
    plan: async (head) => plan(head, release),
    rejectsDir: folder.path,
    maxRejected,
  });

const stars = () => database.query<Record<string, unknown>>("SELECT * FROM star ORDER BY release, source_id");

/** A CSV of Gaia sources. */
const table = (...rows: readonly string[]): string => `source_id,ra,dec,parallax,phot_bp_mean_mag,phot_rp_mean_mag\n${rows.join("\n")}\n`;

test("what programs write into gaps is no value, and a number too small for the database is 0", async () => {
  const rows = [
    "1,10,10,-999,99.999,14.25",
    "2,10,10,-9999.0,-99,14",
    "3,10,10,~,INDEF,14",
    "4,10,10,1e-400,15.5,14.5",
    "5,10,10,-999.5,15.5,14.5",
  ];
  expect(await ingest(folder.write("gaps.csv", table(...rows)))).toMatchObject({ status: "done", inserted: 5, rejected: 0 });
  expect((await stars()).map(({ parallax, phot_bp_mean_mag, bp_rp }) => [parallax, phot_bp_mean_mag, bp_rp])).toEqual([
    [null, null, null],
    [null, null, null],
    [null, null, null],
    [0, 15.5, 1],
    [-999.5, 15.5, 1],
  ]);
});

test("rows that cannot be true are rejected by reason and kept as they came", async () => {
  const file = folder.write(
    "bad.csv",
    table(
      "6917528997577384321,10.5,-20.25,1.5,15.5,14.25",
      "NaN,10,10,1,,",
      "12.5,10,10,1,,",
      "-4,10,10,1,,",
      "5,400,10,1,,",
      "6,10,91,1,,",
      "7,,,1,,",
      '8,10,10,"one, about",,',
      "9,10,10,0x10,,",
      "10,10,10,1,1e39,",
      "11,10,10,1,,",
    ),
  );
  const record = await ingest(file);
  expect(record).toMatchObject({ status: "done", read: 11, inserted: 2, rejected: 9 });
  expect(record.reasons).toEqual({
    "no source_id": 1,
    "source_id is a rounded number": 1,
    "source_id out of range": 1,
    "ra outside 0 to 360 deg": 1,
    "dec outside -90 to 90 deg": 1,
    "no position": 1,
    "bad number in parallax": 2,
    "number out of range in phot_bp_mean_mag": 1,
  });
  const kept = readFileSync(record.rejectsFile!, "utf8").split("\n");
  expect(kept[0]).toBe("reject_reason,row_number,source_id,ra,dec,parallax,phot_bp_mean_mag,phot_rp_mean_mag");
  expect(kept[1]).toBe("no source_id,2,NaN,10,10,1,,");
  expect(kept[7]).toBe('bad number in parallax,8,8,10,10,"one, about",,');
  expect((await stars()).map(({ source_id, bp_rp, ref_epoch }) => [source_id, bp_rp, ref_epoch])).toEqual([
    [11n, null, 2016],
    [6917528997577384321n, 1.25, 2016],
  ]);
});

test("a source that comes twice is taken once, in any order of the file", async () => {
  const record = await ingest(folder.write("twice.csv", table("30,1,1,1,,", "20,2,2,2,,", "30,3,3,3,,")));
  expect(record).toMatchObject({ read: 3, inserted: 2, rejected: 1, reasons: { "source_id came before in the file": 1 } });
  expect(readFileSync(record.rejectsFile!, "utf8")).toContain("source_id came before in the file,3,30,3,3,3,,");
  expect((await stars()).map(({ source_id, ra }) => [source_id, ra])).toEqual([
    [20n, 2],
    [30n, 1],
  ]);
});

test("an overlapping file updates what changed, inserts what is new and keeps columns it does not have", async () => {
  await ingest(folder.write("first.csv", table("1,1,1,1,12,11", "2,2,2,2,12,11", "3,3,3,3,12,11")));
  const record = await ingest(folder.write("second.csv", "source_id,ra,dec,parallax\n2,2,2,2\n3,3,3,3.5\n4,4,4,\n"));
  expect(record).toMatchObject({ read: 3, inserted: 1, updated: 1, unchanged: 1 });
  expect((await stars()).map(({ source_id, parallax, bp_rp }) => [source_id, parallax, bp_rp])).toEqual([
    [1n, 1, 1],
    [2n, 2, 1],
    [3n, 3.5, 1],
    [4n, null, null],
  ]);
});

test("a designation of another release rejects its row", async () => {
  const file = folder.write("release.csv", "designation,SOURCE_ID,RA,DEC,PARALLAX\nGaia DR2 5,5,1,1,1\nGaia DR3 6,6,1,1,1\n");
  expect(await ingest(file)).toMatchObject({ inserted: 1, reasons: { "source_id of DR2, not of DR3": 1 } });
  expect(await ingest(file, { release: 2 })).toMatchObject({ inserted: 1, reasons: { "source_id of DR3, not of DR2": 1 } });
  expect((await stars()).map(({ release, source_id, ref_epoch }) => [release, source_id, ref_epoch])).toEqual([
    [2, 5n, 2015.5],
    [3, 6n, 2016],
  ]);
});

const manyRows = Array.from({ length: 30_000 }, (_, row) => `${row + 1},${row % 360},1.5,${row / 7},15.5,14.5`);
test.each([
  ["a truncated gzip", gzipSync(table(...manyRows)).subarray(0, 100_000), /truncated/],
  ["a fault in its last row", `${table(...manyRows)}1,2\n`, /has 2 cells where the header names 6/],
  ["a missing column", "source_id,ra,parallax\n1,2,3\n", /lacks dec. Required: source_id, ra, dec. Found: source_id, ra, parallax/],
  ["no measurement", "source_id,ra,dec,flux\n1,2,3,4\n", /beside the position it has no column of one/],
  ["no rows", table().trimEnd(), /has no rows/],
  ["another format", "%PDF-1.7 ...", /is a PDF document/],
])("a file of %s leaves nothing behind but a failed record", async (_what, content, fault) => {
  const record = await ingest(folder.write("fault.csv", content));
  expect(record).toMatchObject({ status: "failed", inserted: 0, error: expect.stringMatching(fault) });
  expect(await stars()).toEqual([]);
  expect(await database.query("SELECT status, error FROM ingest_record")).toEqual([{ status: "failed", error: record.error }]);
});

test("more rejected rows than allowed fail the file, its rejects file removed", async () => {
  const record = await ingest(folder.write("many.csv", table("1,1,1,1,,", "2,400,1,1,,", "3,400,1,1,,")), { maxRejected: 1 });
  expect(record).toMatchObject({ status: "failed", error: expect.stringContaining("ra outside 0 to 360 deg (2)") });
  expect(await stars()).toEqual([]);
  expect(existsSync(`${folder.path}/${record.id}-many.csv.csv`)).toBe(false);
});

test("without a release given, a file is of the one that it says", async () => {
  const [pass] = passesOfKind("gaia", null, null);
  const own = (name: string, content: string) =>
    ingestFile(database, folder.write(name, content), { ...pass!, rejectsDir: folder.path, maxRejected: 0 });
  await own("designated.csv", "designation,source_id,ra,dec,parallax\nGaia DR2 5,5,1,1,1\n");
  await own("epoch.csv", "source_id,ref_epoch,ra,dec,parallax\n6,2015.5,1,1,1\n");
  await own("silent.csv", table("7,1,1,1,,"));
  expect((await stars()).map(({ release, source_id }) => [release, source_id])).toEqual([
    [2, 5n],
    [2, 6n],
    [3, 7n],
  ]);
});

test("two runs over the same sources at once take each once", async () => {
  const rows = Array.from({ length: 3000 }, (_, row) => `${row + 1},1,1,1,,`);
  const files = [folder.write("up.csv", table(...rows)), folder.write("down.csv", table(...rows.toReversed()))];
  const records = await Promise.all(files.map((file) => ingest(file)));
  expect(records.map(({ status }) => status)).toEqual(["done", "done"]);
  expect(records.map(({ inserted }) => inserted).sort()).toEqual([0, 3000]);
  expect(await stars()).toHaveLength(3000);
});

test("a FITS table of sources is taken in, every digit kept", async () => {
  const row = Buffer.alloc(44);
  row.writeBigInt64BE(6917528997577384321n, 0);
  for (const [at, value] of [280.0002534562339, -60.00259557514462, Number.NaN].entries()) row.writeDoubleBE(value, 8 + 8 * at);
  row.writeFloatBE(16.939476, 32);
  row.write("Gaia DR3", 36);
  const columns: readonly FitsCards[] = [
    { TTYPE: "SOURCE_ID", TFORM: "K" },
    { TTYPE: "ra", TFORM: "D" },
    { TTYPE: "dec", TFORM: "D" },
    { TTYPE: "parallax", TFORM: "D" },
    { TTYPE: "phot_g_mean_mag", TFORM: "E" },
    { TTYPE: "designation", TFORM: "8A" },
  ];
  const content = gzipSync(fitsFile(columns, [row]));
  const sha256 = createHash("sha256").update(content).digest("hex");
  expect(await ingest(folder.write("gaia.fits.gz", content))).toMatchObject({ status: "done", inserted: 1, sha256 });
  const wanted = {
    source_id: 6917528997577384321n,
    ra: 280.0002534562339,
    dec: -60.00259557514462,
    parallax: null,
    phot_g_mean_mag: 16.939476,
  };
  expect(await stars()).toMatchObject([wanted]);
});

test("distances are added to the stars that are there", async () => {
  await ingest(folder.write("stars.csv", table("1,1,1,1,,", "2,2,2,2,,")));
  const file = folder.write("distances.csv", "source_id,r_med_geo,r_lo_geo\n1,100.5,90\n3,7,6\n");
  const record = await ingest(file, { plan: distancesPlan });
  expect(record).toMatchObject({ read: 2, inserted: 0, updated: 1, rejected: 1 });
  expect((await stars()).map(({ r_med_geo }) => r_med_geo)).toEqual([100.5, null]);
  expect(await ingest(file, { plan: distancesPlan })).toMatchObject({ updated: 0, unchanged: 1 });
});

test("a record whose run is gone is marked as failed, a finished one is left alone", async () => {
  await ingest(folder.write("done.csv", table("1,1,1,1,,")));
  await startRecord(database, "gaia", "killed.csv");
  expect(await closeDeadRecords(database)).toBe(1);
  expect(await database.query("SELECT source, status FROM ingest_record ORDER BY id")).toMatchObject([
    { status: "done" },
    { source: "killed.csv", status: "failed" },
  ]);
});
