import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gaiaPlan } from "../../src/catalogue/ingest/gaia-plan";
import { ingestFile } from "../../src/catalogue/ingest/ingest-file";
import type { IngestRecord } from "../../src/catalogue/ingest/record";
import type { Database } from "../../src/database/database";
import { openTable } from "../../src/formats/open-table";
import { openTestDatabase } from "../support/database";
import { describeRealData, REAL_DATA } from "../support/real-data";

let database: Database;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "asterism-ingest-"));
  database = await openTestDatabase();
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const ingest = (file: string): Promise<IngestRecord> =>
  ingestFile(database, file, {
    kind: "gaia",
    plan: async (head) => gaiaPlan(head, 3),
    rejectsDir: folder,
    maxRejected: 1000,
  });

describeRealData("files of the Gaia archive", () => {
  const archive = path.join(REAL_DATA ?? "", "gaia-archive-files");
  const votable = path.join(archive, "astroquery/1710099405832VAL-result.vot");
  const ecsv = path.join(archive, "astroquery/1712337806100O-result.ecsv");

  test("a VOTable and an ECSV of sources are taken in, then found unchanged", async () => {
    expect(await ingest(votable)).toMatchObject({ status: "done", read: 2, inserted: 2, rejected: 0 });
    expect(await ingest(ecsv)).toMatchObject({ status: "done", read: 5, inserted: 5, rejected: 0 });
    expect(await ingest(votable)).toMatchObject({ inserted: 0, updated: 0, unchanged: 2 });
    expect(await ingest(ecsv)).toMatchObject({ inserted: 0, updated: 0, unchanged: 5 });
  });

  test.each([
    ["VOTable", votable],
    ["ECSV", ecsv],
  ])("every kept column of the %s is stored as the file has it", async (_format, file) => {
    await ingest(file);
    const table = await openTable(file);
    const names = table.columns.map(({ name }) => name);
    let rows = 0;
    for await (const batch of table.batches)
      for (const row of batch) {
        rows++;
        const [stored] = await database.query<Record<string, unknown>>("SELECT * FROM star WHERE release = 3 AND source_id = $1", [
          row[names.indexOf("source_id")] as bigint,
        ]);
        const kept = Object.keys(stored ?? {}).filter((name) => names.includes(name));
        expect(kept.length).toBeGreaterThan(38);
        // `real` columns come back in the shortest digits of single precision.
        const single = (value: unknown) => (typeof value === "number" ? Math.fround(value) : value);
        for (const name of kept) expect([name, single(stored![name])]).toEqual([name, single(row[names.indexOf(name)])]);
        for (const name of ["ra", "dec", "parallax", "pmra", "pmdec"]) expect(stored![name]).toBe(row[names.indexOf(name)]);
      }
    expect(rows).toBeGreaterThan(1);
  });

  const folders = REAL_DATA ? ["rvs", "xp", "xp_continuous", "xp_sampled"] : [];
  const others = folders.flatMap((name) => readdirSync(path.join(archive, name)).map((file) => path.join(name, file)));
  test.each(REAL_DATA ? others : ["none"])("%s, which holds spectra, is refused and leaves nothing behind", async (file) => {
    const before = await database.query("SELECT count(*) FROM star");
    const record = await ingest(path.join(archive, file));
    expect(record).toMatchObject({ status: "failed", read: 0, inserted: 0 });
    expect(record.error).toMatch(/is not a Gaia source table: (lacks (ra, dec|source_id)|beside the position)|wanted|no binary table/);
    expect(await database.query("SELECT count(*) FROM star")).toEqual(before);
  });
});
