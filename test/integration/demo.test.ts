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
