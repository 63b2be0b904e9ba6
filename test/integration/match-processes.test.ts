import { matchCatalogue } from "../../src/catalogue/position-match/stored/match-catalogue";
import type { Database } from "../../src/database/database";
import { pixelAt, sourceIdOf } from "../../src/science/sky/healpix";
import { type Installation, makeInstallation } from "../support/installation";

const OBJECTS = 2_000;
const BATCH = ["--batch", "200"];
const onServer = process.env.ASTERISM_TEST_DATABASE_URL !== undefined;

let installation: Installation;
let undisturbed: object[];

async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const database = await installation.open();
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

const stored = () =>
  withDatabase(async (database) => {
    expect(await database.query("SELECT FROM crossmatch_job UNION ALL SELECT FROM crossmatch_range")).toEqual([]);
    return database.query<object>("SELECT * FROM crossmatch ORDER BY object_id");
  });

beforeAll(async () => {
  installation = await makeInstallation();
  await withDatabase(async (database) => {
    const places = Array.from({ length: OBJECTS }, (_, index) => ({ ra: (index * 1.618) % 360, dec: 80 * Math.sin(index) }));
    const columns = [places.map(({ ra }) => ra), places.map(({ dec }) => dec)];
    const ids = places.map(({ ra, dec }, index) => sourceIdOf(pixelAt(ra, dec), index + 1, 0));
    await database.script("INSERT INTO catalogue (id, name, title, bands) VALUES (1, 'ours', 'Ours', '{}')");
    await database.query(
      "INSERT INTO star (release, source_id, ra, dec, ref_epoch) SELECT 3, s.*, 2016 FROM unnest($1::int8[], $2::float8[], $3::float8[]) s",
      [ids, ...columns],
    );
    await database.query(
      `INSERT INTO catalogue_object (catalogue_id, object_id, ra, dec)
       SELECT 1, n, ra, dec FROM unnest($1::float8[], $2::float8[]) WITH ORDINALITY o(ra, dec, n)`,
      columns,
    );
    await matchCatalogue(database, "ours", { release: 3, radiusArcsec: 1, epoch: null, errorArcsec: null });
  });
  undisturbed = await stored();
});
afterAll(() => installation.remove());

async function finish(): Promise<{ objects: number; matched: number }> {
  const { status, stdout, stderr } = await installation.start("crossmatch", "ours", ...BATCH, "--json").ended;
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout) as { objects: number; matched: number };
}

test("one that is killed with -9 and run again ends as one that was not disturbed", async () => {
  await withDatabase((database) => database.script("DELETE FROM crossmatch"));
  const killed = installation.start("crossmatch", "ours", ...BATCH);
  await killed.written(/ 20% /);
  killed.child.kill("SIGKILL");
  await killed.ended;
  expect(await finish()).toMatchObject({ objects: OBJECTS, matched: OBJECTS });
  expect(await stored()).toEqual(undisturbed);
});

(onServer ? test : test.skip)(
  "two processes on one PostgreSQL share the objects, and what a killed one had taken is done by the other",
  async () => {
    await withDatabase((database) => database.script("DELETE FROM crossmatch"));
    const doomed = installation.start("crossmatch", "ours", ...BATCH);
    const survivor = finish();
    await doomed.written(/ \d0% /);
    doomed.child.kill("SIGKILL");
    expect(await survivor).toMatchObject({ matched: OBJECTS });
    expect(await stored()).toEqual(undisturbed);
  },
  120_000,
);

test.each([
  [["--output", "x.csv"], "Name a catalogue, or a table and what to write by --input and --output"],
  [["ours", "--input", "x.csv"], "--input is for a table, without a catalogue"],
  [["ours", "--accept-overflow"], "--accept-overflow is for a table"],
  [["--input", "x.csv", "--output", "y.csv", "--restart"], "--restart is for catalogues"],
  [["ours", "--epoch", "soon"], "--epoch is a number for the objects of a catalogue"],
])("%j is refused: one command matches a catalogue or a table", async (options, message) => {
  const { status, stderr } = await installation.start("crossmatch", ...options).ended;
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(message) });
});
