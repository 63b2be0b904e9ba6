import type { Database } from "../../src/database/database";
import { type Installation, makeInstallation } from "../support/installation";
import { uniform } from "../support/random";
import { temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();
const installations: Installation[] = [];
afterAll(async () => {
  for (const one of installations) await one.remove();
});

/** 40,000 stars, then the first again: what went straight into the table is undone and goes through staging. */
function sources(): string {
  const random = uniform(11);
  const row = (id: number) => `${id},${(random() * 360).toFixed(12)},${(random() * 90).toFixed(12)},${random() * 10},${12 + random()}`;
  const ids = [...Array.from({ length: 40_000 }, (_, index) => index + 1), 1];
  return `source_id,ra,dec,parallax,phot_g_mean_mag\n${ids.map(row).join("\n")}\n`;
}

async function endState(installation: Installation) {
  const database: Database = await installation.open();
  try {
    const [stars] = await database.query(
      "SELECT count(*) AS stars, md5(string_agg(concat_ws(',', source_id, ra, dec, parallax, phot_g_mean_mag), ';' ORDER BY source_id)) AS digest FROM star",
    );
    const records = await database.query<{ status: string }>(
      "SELECT status, read, inserted, updated, unchanged, rejected FROM ingest_record ORDER BY id",
    );
    return { stars, records };
  } finally {
    await database.close();
  }
}

async function install(): Promise<Installation> {
  const installation = await makeInstallation();
  installations.push(installation);
  return installation;
}

test("an ingest killed in the middle and run again ends as one that was left alone", async () => {
  const file = folder.write("gaia.csv", sources());
  const [calm, killed] = [await install(), await install()];
  expect((await calm.start("ingest", "gaia", file).ended).status).toBe(0);

  const first = killed.start("ingest", "gaia", file);
  await first.written(/ [3-9]0% /);
  first.child.kill("SIGKILL");
  expect((await first.ended).status).toBeNull();
  const second = killed.start("ingest", "gaia", file, "--json");
  expect(await second.ended).toMatchObject({ status: 0, stdout: expect.stringContaining('"inserted": 40000') });

  const [undisturbed, disturbed] = [await endState(calm), await endState(killed)];
  expect(disturbed.stars).toEqual(undisturbed.stars);
  expect(disturbed.records.map(({ status }) => status)).toEqual(["failed", "done"]);
  expect(disturbed.records[1]).toEqual(undisturbed.records[0]);
}, 300_000);
