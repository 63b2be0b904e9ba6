import path from "node:path";
import { gaiaPlan } from "../../src/catalogue/ingest/gaia-plan";
import { ingestFile } from "../../src/catalogue/ingest/ingest-file";
import { matchFile } from "../../src/catalogue/position-match/match-file";
import type { PositionChoice } from "../../src/catalogue/position-match/position-columns";
import type { Database } from "../../src/database/database";
import { openTestDatabase } from "../support/database";
import { describeRealData, REAL_DATA } from "../support/real-data";
import { readTable, temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();
const file = (survey: string) => path.join(REAL_DATA ?? "", `benchmark-gbs3/gbs_v3_${survey}-result.fits`);
let database: Database;

/** Matches a survey's table with Gaia's. @returns the separations [arcsec] */
async function separations(survey: string, radiusArcsec: number, positions: PositionChoice): Promise<number[]> {
  const output = path.join(folder.path, `${survey}.csv`);
  await matchFile(database, file(survey), { release: 3, radiusArcsec, all: false, positions }, "csv", output);
  const { names, rows } = await readTable(output);
  const cells = rows.map((row) => row[names.indexOf("separation")]);
  return cells.flatMap((cell) => (cell === null ? [] : [Number(cell)])).sort((a, b) => a - b);
}
const middle = (sorted: readonly number[]) => sorted[Math.floor(sorted.length / 2)]!;

describeRealData("the Gaia FGK benchmark stars, version 3", () => {
  beforeAll(async () => {
    database = await openTestDatabase();
    const plan = async (head: Parameters<typeof gaiaPlan>[0]) => gaiaPlan(head, 3);
    await ingestFile(database, file("gaiadr3"), { kind: "gaia", plan, rejectsDir: folder.path, maxRejected: 0 });
  });
  afterAll(() => database.close());

  test("moved to the date of 2MASS, 178 of 179 stars lie within 1 arcsec of it, half of them within 0.16", async () => {
    const found = await separations("tmass", 5, { epoch: "j_date", error: "err_maj" });
    expect([found.length, found.filter((one) => one <= 1).length]).toEqual([179, 178]);
    expect(middle(found)).toBeCloseTo(0.159, 2);
  });

  test("where Gaia saw them, half of the same stars lie more than 3 arcsec from 2MASS", async () => {
    expect(middle(await separations("tmass", 60, {}))).toBeGreaterThan(3);
  });

  test("moved to the date of AllWISE, half of the stars lie within 0.23 arcsec of it", async () => {
    const found = await separations("allwise", 5, { epoch: "w1mjd_mean", error: "ra_error,dec_error" });
    expect(middle(found)).toBeCloseTo(0.234, 2);
  });
});
