import { catalogueStatus } from "../../src/catalogue/status";
import type { Database } from "../../src/database/database";
import { openTestDatabase } from "../support/database";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const insert = (star: number, synthetic: boolean) =>
  database.query("INSERT INTO star (release, source_id, ra, dec, synthetic) VALUES (3, $1, 1, 1, $2)", [star, synthetic]);

test("a sky is synthetic, observed, or both", async () => {
  expect(await catalogueStatus(database)).toMatchObject({ syntheticStars: false, observedStars: false });
  await insert(127, true);
  expect(await catalogueStatus(database)).toMatchObject({ syntheticStars: true, observedStars: false });
  await insert(128, false);
  expect(await catalogueStatus(database)).toMatchObject({ syntheticStars: true, observedStars: true });
});

test("stars that a file brought count as observed however many synthetic ones stand before them", async () => {
  await database.query("DELETE FROM star WHERE NOT synthetic");
  const record = "INSERT INTO ingest_record (kind, source, status, inserted) VALUES ('gaia', 'stars.csv', $1, 1)";
  await database.query(record, ["failed"]);
  expect(await catalogueStatus(database)).toMatchObject({ observedStars: false });
  await database.query(record, ["done"]);
  expect(await catalogueStatus(database)).toMatchObject({ observedStars: true });
});
