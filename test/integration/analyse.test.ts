import { analyseAfter, estimatedRows } from "../../src/database/analyse";
import type { Database } from "../../src/database/database";
import { openTestDatabase } from "../support/database";
import { insertStars } from "../support/stars";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test("the planner's statistics follow a table that has grown by more than a tenth, and not one that has hardly changed", async () => {
  await insertStars(database, 1000, 1);
  await analyseAfter(database, 1000, ["star"]);
  expect(await estimatedRows(database, "star")).toBe(1000);

  await insertStars(database, 100, 5001);
  await analyseAfter(database, 100, ["star"]);
  expect(await estimatedRows(database, "star")).toBe(1000);

  await insertStars(database, 100, 6001);
  await analyseAfter(database, 200, ["star"]);
  expect(await estimatedRows(database, "star")).toBe(1200);
});
