import { starsLacking } from "../../src/catalogue/stars-lacking";
import { STELLAR_COLUMNS, type StellarColumn } from "../../src/catalogue/stellar-row";
import { stellarRowsOf } from "../../src/catalogue/stellar-rows";
import type { Database } from "../../src/database/database";
import { openTestDatabase } from "../support/database";
import { insertStars, SKYMAPPER_ROW } from "../support/stars";

const ALL = Object.keys(STELLAR_COLUMNS) as StellarColumn[];
let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  await insertStars(database, 30);
});
afterAll(() => database.close());

test("stars are answered in the order asked for, null where unknown", async () => {
  const rows = await stellarRowsOf(database, 3, [1004n, 5n, 1001n], ["photBpMeanMag"]);
  expect(rows).toEqual([{ photBpMeanMag: 13 }, null, { photBpMeanMag: 12.25 }]);
  expect(await stellarRowsOf(database, 2, [1004n], ["photBpMeanMag"])).toEqual([null]);
});

test("photometry is found by its band's name, whatever the order of the catalogue's bands", async () => {
  const [matched, unmatched] = await stellarRowsOf(database, 3, [1002n, 1003n], ALL);
  expect(matched).toMatchObject(SKYMAPPER_ROW);
  expect(unmatched).toMatchObject({ skymapperU: null, twomassJ: null, allwiseW1: null });
});

test("errors and extinction are derived from what is stored", async () => {
  const [row] = await stellarRowsOf(database, 3, [1001n], ["teffGspphotError", "av", "mhGspphotError"]);
  expect(row).toEqual({ teffGspphotError: 80, av: expect.closeTo(0.31, 6), mhGspphotError: null });
});

test("a star matched to two objects keeps one row, the same each time", async () => {
  const copy = `INSERT INTO photometry SELECT catalogue_id, object_id || 'x', release, source_id, mag, mag_error, flags FROM photometry WHERE source_id = 1005`;
  await database.query(copy);
  expect(await stellarRowsOf(database, 3, [1005n], ["skymapperU"])).toEqual([{ skymapperU: 18.25 }]);
});

test("a key range gives the stars that lack a version, in order", async () => {
  await database.query("INSERT INTO unpredicted_star VALUES (1, 3, 1006, 'no-input')");
  const range = { release: 3, firstSourceId: 1005n, lastSourceId: 1008n };
  expect(await starsLacking(database, "star s", 1, range)).toEqual([1005n, 1007n, 1008n]);
});
