import type { Database } from "../../src/database/database";
import { type Installation, makeInstallation } from "../support/installation";
import { temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();
let installation: Installation;
beforeAll(async () => {
  installation = await makeInstallation();
});
afterAll(() => installation.remove());

const OBJECTS = 15_000;

/** A delivery of which every value tells which one it is. */
function delivery(name: string, teff: number): string {
  const rows = Array.from({ length: OBJECTS }, (_, index) => `o${index},${index + 1},${teff},${teff / 1000}`);
  return folder.write(name, `id,gaia,teff,li\n${rows.join("\n")}\n`);
}

const mapping = () =>
  folder.write(
    "ours.yaml",
    `catalogue: { name: our-survey, title: Ours }
id: id
gaia: { column: gaia, release: DR3 }
labels: { teff: teff, aLi: li }
`,
  );

async function stored() {
  const database: Database = await installation.open();
  try {
    const labels = await database.query("SELECT teff, count(*)::int4 AS n FROM survey_label GROUP BY 1");
    const values = await database.query("SELECT value, count(*)::int4 AS n FROM survey_label_value GROUP BY 1");
    const [objects] = await database.query("SELECT count(*)::int4 AS n FROM catalogue_object");
    const records = await database.query<{ status: string }>("SELECT status FROM ingest_record ORDER BY id");
    return { labels, values, objects, records: records.map(({ status }) => status) };
  } finally {
    await database.close();
  }
}

const whole = (teff: number) => ({
  labels: [{ teff, n: OBJECTS }],
  values: [{ value: teff / 1000, n: OBJECTS }],
  objects: { n: OBJECTS },
});

test("a replacement killed in the middle leaves the old delivery whole; run again it takes its place", async () => {
  const [first, second, map] = [delivery("first.csv", 4000), delivery("second.csv", 5000), mapping()];
  expect(await installation.start("ingest", "labels", first, "--mapping", map).ended).toMatchObject({ status: 0 });

  const killed = installation.start("ingest", "labels", second, "--mapping", map, "--replace");
  // The old rows are deleted before the first byte of the file is read.
  await killed.written(/ [1-9]\d?% /);
  killed.child.kill("SIGKILL");
  expect((await killed.ended).status).toBeNull();
  expect(await stored()).toEqual({ ...whole(4000), records: ["done", "running"] });

  const again = await installation.start("ingest", "labels", second, "--mapping", map, "--replace").ended;
  expect(again).toMatchObject({ status: 0, stdout: expect.stringContaining("in place of 15,000 rows of the delivery before") });
  expect(await stored()).toEqual({ ...whole(5000), records: ["replaced", "failed", "done"] });
}, 300_000);
