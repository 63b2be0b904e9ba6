import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { loadConfig, PACKAGE_ROOT } from "../../src/config";
import { connect } from "../../src/database/connect";
import type { Database } from "../../src/database/database";
import { documentedSteps, runDocumented, undocumented } from "../support/documented-run";
import { readTable } from "../support/table-files";

const STEPS = documentedSteps("docs/tutorial.md");

/** The tutorial's commands run in a folder of their own that has the documents, as the repository does, on the embedded engine. */
let place: string;
let database: Database;
let first: Awaited<ReturnType<typeof runDocumented>>;
const results: Awaited<ReturnType<typeof runDocumented>>[] = [];

beforeAll(async () => {
  place = mkdtempSync(path.join(tmpdir(), "asterism-tutorial-"));
  symlinkSync(path.join(PACKAGE_ROOT, "docs"), path.join(place, "docs"));
  const dataDir = path.join(place, "tutorial");
  for (const { commands } of STEPS) results.push(await runDocumented(commands, place, { ASTERISM_DATA_DIR: "tutorial", DATABASE_URL: "" }));
  first = await runDocumented("npx asterism study check tutorial/first.yaml", place, { ASTERISM_DATA_DIR: "tutorial", DATABASE_URL: "" });
  database = await connect(loadConfig({ dataDir, databaseUrl: null }));
}, 600_000);
afterAll(async () => {
  await database?.close();
  rmSync(place, { recursive: true, force: true });
});

test("every command of the tutorial succeeds", () => {
  expect(results.filter(({ status }) => status !== 0)).toEqual([]);
  expect(STEPS).toHaveLength(14);
});

test("every command of the tutorial prints what the tutorial says", () => {
  const faults = STEPS.flatMap(({ commands, printed }, index) =>
    undocumented(printed, results[index]!.stdout).map((line) => `${commands.trim()}: ${line}`),
  );
  expect(faults).toEqual([]);
});

test("a study that study new writes passes its check as it is", () => {
  expect(first).toMatchObject({ status: 0, stdout: expect.stringContaining("685 rows of 685 stars, to be learned by mlp") });
});

test("the survey's labels are there, and -9999 is none of them", async () => {
  const [counts] = await database.query(
    `SELECT count(*)::int AS objects, count(l.source_id)::int AS matched, count(l.feh)::int AS feh, min(least(l.teff, l.feh, l.feh_error)) > -9 AS sensible
     FROM survey_label l JOIN catalogue c ON c.id = l.catalogue_id WHERE c.name = 'our-survey-dr1'`,
  );
  const sample = readFileSync(path.join(PACKAGE_ROOT, "docs/examples/tutorial/our-survey.csv"), "utf8").trim().split("\n").slice(1);
  const known = sample.map((line) => line.split(",")).filter(([, gaia, , , , , feh]) => feh !== "-9999" && !gaia!.includes("E"));
  expect(counts).toEqual({ objects: 690, matched: 685, feh: known.length, sensible: true });
});

test("the table's own label keeps its name, unit and meaning", async () => {
  const own = await database.query(
    `SELECT l.name, l.unit, l.description, count(*)::int AS values, min(v.value) > -9 AS sensible
     FROM catalogue_label l JOIN survey_label_value v ON v.label_id = l.id GROUP BY l.id ORDER BY l.name`,
  );
  expect(own).toEqual([{ name: "activity", unit: "dex", description: "log R'HK of the calcium lines", values: 649, sensible: true }]);
});

test("every star's labels are those of a star of the synthetic sky, so that the sample fits its sky", async () => {
  const [row] = await database.query(
    `SELECT count(*)::int AS stars, count(DISTINCT o.source_id)::int AS distinct, sum((abs(o.logg - s.logg) < 1e-6)::int)::int AS same
     FROM survey_label o JOIN catalogue c ON c.id = o.catalogue_id AND c.name = 'our-survey-dr1'
     JOIN survey_label s ON s.source_id = o.source_id JOIN catalogue d ON d.id = s.catalogue_id AND d.name = 'synthetic-sos'`,
  );
  expect(row).toEqual({ stars: 685, distinct: 685, same: 685 });
});

test("both versions are registered, and the better one was promoted", async () => {
  const versions = await database.query<{ cuts: unknown }>(
    `SELECT v.version, v.synthetic, a.alias, v.manifest->'study'->'cuts' AS cuts FROM model_version v
     LEFT JOIN model_alias a ON a.version_id = v.id WHERE v.model_name = 'our-giants' ORDER BY v.version`,
  );
  expect(versions).toMatchObject([
    { version: 1, synthetic: true, alias: null },
    { version: 2, synthetic: true, alias: "champion" },
  ]);
  expect(versions[1]!.cuts).toContainEqual({ name: 'flags: {"noneOf":1}', kept: 646, lost: 18 });
});

test("both versions' predictions are stored for every star that gets an answer", async () => {
  const stored = await database.query(
    `SELECT v.version, count(DISTINCT p.source_id)::int AS stars FROM predicted_label p JOIN model_version v ON v.id = p.model_version_id
     GROUP BY v.version ORDER BY v.version`,
  );
  expect(stored).toEqual([
    { version: 1, stars: 3000 - 717 },
    { version: 2, stars: 3000 - 730 },
  ]);
});

test("the figures show the test stars", () => {
  for (const [label, stars] of Object.entries({ teff: 49, logg: 49, feh: 41, activity: 44 })) {
    const svg = readFileSync(path.join(place, `tutorial/figures/${label}-scatter.svg`), "utf8");
    expect(svg).toContain(`${stars} stars`);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  }
  expect(existsSync(path.join(place, "tutorial/figures/activity-coverage.svg"))).toBe(true);
});

test("the exported file holds giants alone, of the promoted version, without what was extrapolated", async () => {
  const { names, rows } = await readTable(path.join(place, "tutorial/giants.vot"));
  const column = (name: string) => rows.map((row) => row[names.indexOf(name)]);
  expect(rows.length).toBeGreaterThan(300);
  expect(new Set(column("version").map(Number))).toEqual(new Set([2]));
  for (const logg of column("logg")) expect(Number(logg)).toBeLessThanOrEqual(3.8);
  for (const flags of column("logg_flags")) expect(Number(flags) & (2 | 4)).toBe(0);
});
