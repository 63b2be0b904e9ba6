import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { prepareDemo } from "../../src/cli/demo";
import { loadConfig } from "../../src/config";
import type { Database } from "../../src/database/database";
import { openTestDatabase } from "../support/database";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const config = loadConfig({ demoStars: 1000 });
const contents = () => database.query("SELECT (SELECT count(*)::int FROM star) AS stars, (SELECT count(*)::int FROM model) AS models");

test("no demonstration is made where none is wanted", async () => {
  await prepareDemo(database, { ...config, demoStars: 0 });
  expect(await contents()).toEqual([{ stars: 0, models: 0 }]);
});

test("a database that holds an observed star is left alone", async () => {
  await database.query("INSERT INTO star (release, source_id, ra, dec) VALUES (3, 1, 1, 1)");
  await prepareDemo(database, config);
  expect(await contents()).toEqual([{ stars: 1, models: 0 }]);
});

test("a synthetic sky of another making is left alone", async () => {
  await database.query("UPDATE star SET synthetic = true");
  await prepareDemo(database, config);
  expect(await contents()).toEqual([{ stars: 1, models: 0 }]);
});

describe("An empty database", () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), "asterism-demo-"));
  let empty: Database;
  beforeAll(async () => {
    empty = await openTestDatabase();
    await prepareDemo(empty, { ...config, dataDir });
  }, 300_000);
  afterAll(async () => {
    await empty.close();
    rmSync(dataDir, { recursive: true });
  });

  const stored = () =>
    empty.query(
      `SELECT v.model_name AS model, v.version, v.synthetic, (SELECT count(DISTINCT source_id)::int FROM predicted_label p WHERE p.model_version_id = v.id)
         + (SELECT count(*)::int FROM unpredicted_star u WHERE u.model_version_id = v.id) AS done,
         (SELECT count(DISTINCT label)::int FROM predicted_label p WHERE p.model_version_id = v.id) AS labels
       FROM model_version v ORDER BY v.model_name`,
    );

  test("gets a synthetic sky, two small models, and what they say of every star", async () => {
    const [sky] = await empty.query("SELECT count(*)::int AS stars, count(*) FILTER (WHERE synthetic)::int AS synthetic FROM star");
    expect(sky).toEqual({ stars: 1000, synthetic: 1000 });
    expect(await stored()).toEqual([
      { model: "demo-sos-mlp", version: 1, synthetic: true, done: 1000, labels: 3 },
      { model: "demo-sos-svr", version: 1, synthetic: true, done: 1000, labels: 3 },
    ]);
    const [{ answered }] = (await empty.query("SELECT count(DISTINCT source_id)::int AS answered FROM predicted_label")) as [
      { answered: number },
    ];
    expect(answered).toBeGreaterThan(600);
  });

  test("is left as it is by the next start", async () => {
    const before = await stored();
    await prepareDemo(empty, { ...config, dataDir });
    expect(await stored()).toEqual(before);
  });
});
