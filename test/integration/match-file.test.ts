import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { type MatchFileRequest, matchFile } from "../../src/catalogue/position-match/match-file";
import type { Database } from "../../src/database/database";
import { TABLE_FORMAT_NAMES, type TableFormatName } from "../../src/formats/table-formats";
import { pixelAt, sourceIdOf } from "../../src/science/sky/healpix";
import { openTestDatabase } from "../support/database";
import { decodeTable } from "../support/decode-table";
import { temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();
let database: Database;

/** Stars at 2016.0: by name, with right ascension, declination [deg] and proper motion [mas/yr]. */
const STARS = {
  plain: [150, 20, 0, 0],
  near: [150, 20.0002, 0, 0],
  fast: [200, -30, 0, 7200],
  north: [10, 89.9999, 0, 0],
  seam: [0.0001, 0, 0, 0],
  still: [80, 5, null, null],
} as const;
const idOf = (name: keyof typeof STARS) => {
  const [ra, dec] = STARS[name];
  return String(sourceIdOf(pixelAt(ra, dec), Object.keys(STARS).indexOf(name) + 1, 0));
};

beforeAll(async () => {
  database = await openTestDatabase();
  for (const [name, [ra, dec, pmra, pmdec]] of Object.entries(STARS))
    await database.query(
      `INSERT INTO star (release, source_id, ref_epoch, ra, dec, ra_error, dec_error, pmra, pmdec, pmra_error, pmdec_error)
       VALUES (3, $1, 2016, $2, $3, 300, 300, $4, $5, 0, 0)`,
      [BigInt(idOf(name as keyof typeof STARS)), ra, dec, pmra, pmdec],
    );
});
afterAll(() => database.close());

const REQUEST: MatchFileRequest = { release: 3, radiusArcsec: 1, all: false, positions: {} };

async function match(input: string, request: Partial<MatchFileRequest> = {}, format: TableFormatName = "csv") {
  const output = path.join(folder.path, `matched.${format}`);
  const summary = await matchFile(database, input, { ...REQUEST, ...request }, format, output);
  return { summary, rows: await decodeTable(format, readFileSync(output)) };
}

const OBJECTS = folder.write(
  "objects.csv",
  [
    "name,ra,dec,year,sigma",
    "fast in 1996,200,-30.04,1996,0.4",
    "nowhere,,,2016,",
    "over the pole,190,89.9999,2016,0.4",
    "across ra = 0,359.9999,0,2016,",
    "empty sky,33,33,2016,0.4",
    "still,80,5,1950,0.4",
    "two stars,150,20.00005,2016,0.4",
    "the first again,150,19.9999,2016,0.4",
    "undated,200,-30,,0.4",
  ].join("\n"),
);
const DATED = { positions: { epoch: "year", error: "sigma" } };

test("each object has its star at its own epoch, in the table's order and with its own columns", async () => {
  const { summary, rows } = await match(OBJECTS, DATED);
  const ids = ["fast", null, "north", "seam", null, "still", "plain", "plain", "fast"].map((name) => name && idOf(name as "fast"));
  expect(rows.map(({ source_id }) => source_id)).toEqual(ids);
  expect(rows.map(({ name }) => name)).toEqual(
    readFileSync(OBJECTS, "utf8")
      .split("\n")
      .slice(1)
      .map((line) => line.split(",")[0]),
  );
  expect(summary).toMatchObject({ objects: 9, matched: 7, withoutPosition: 1, ambiguous: 1, shared: 4, rows: 9, leftOut: [] });
});

test("separation, error, significance, neighbours, mates and flags are told", async () => {
  const { rows } = await match(OBJECTS, DATED);
  const told = (name: string) => {
    const row = rows.find((one) => one.name === name)!;
    const number = (text: string | null | undefined) => (text == null ? null : Number(Number(text).toFixed(3)));
    return [row.separation, row.separation_error, row.significance, row.rank, row.neighbours, row.mates]
      .map(number)
      .concat(row.match_flags as never);
  };
  expect(told("over the pole")).toEqual([0.72, 0.5, 1.44, 1, 1, 0, null]);
  expect(told("across ra = 0")).toEqual([0.72, null, null, 1, 1, 0, null]);
  expect(told("still")).toEqual([0, 0.5, 0, 1, 1, 0, "NO_PROPER_MOTION"]);
  expect(told("two stars")).toEqual([0.18, 0.5, 0.36, 1, 2, 1, "AMBIGUOUS SHARED"]);
  expect(told("undated")).toEqual([0, 0.5, 0, 1, 1, 1, "NO_EPOCH SHARED"]);
  expect(told("empty sky")).toEqual([null, null, null, null, 0, null, null]);
  expect(told("nowhere")).toEqual([null, null, null, null, null, null, null]);
});

test("all stars within the radius are a row each, the likeliest first", async () => {
  const { summary, rows } = await match(OBJECTS, { ...DATED, all: true });
  const pair = rows.filter(({ name }) => name === "two stars");
  expect(pair.map(({ source_id, rank, best_for_star }) => [source_id, rank, best_for_star])).toEqual([
    [idOf("plain"), "1", "true"],
    [idOf("near"), "2", "false"],
  ]);
  expect(summary).toMatchObject({ objects: 9, matched: 7, rows: rows.length });
});

test.each(TABLE_FORMAT_NAMES)("%s says the same", async (format) => {
  const [{ rows: csv }, { rows }] = [await match(OBJECTS, DATED), await match(OBJECTS, DATED, format)];
  expect(rows).toEqual(csv);
});

test("positions are read in the units of the table, and one epoch and error may hold for all", async () => {
  const ecsv = folder.write(
    "hours.ecsv",
    `# %ECSV 1.0
# ---
# datatype:
# - {name: RAJ2000, unit: rad, datatype: float64}
# - {name: DEJ2000, unit: arcmin, datatype: float64}
# - {name: source_id, datatype: int64}
RAJ2000 DEJ2000 source_id
${(200 * Math.PI) / 180} ${-30.04 * 60} 7
`,
  );
  const { rows } = await match(ecsv, { positions: { epoch: "1996", error: "0.4" } }, "parquet");
  expect(rows).toEqual([expect.objectContaining({ source_id_input: "7", source_id: idOf("fast"), separation_error: "0.5", rank: "1" })]);
});

test.each([
  ["50083.0", "modified Julian dates"],
  ["2450083.5", "Julian dates"],
])("epochs may be %s (%s)", async (date) => {
  const input = folder.write("dates.csv", `ra,dec,seen\n200,-30.04,${date}\n`);
  expect((await match(input, { positions: { epoch: "seen" } })).summary.matched).toBe(1);
});

test.each([
  ["a,b\n1,2\n", {}, "has none of the usual columns (ra, ra_icrs, raj2000, _raj2000, ...) among a, b. State which one it is by --ra"],
  ["ra,b\n1,2\n", { dec: "delta2" }, "has no column 'delta2' among ra, b. State which one it is by --dec"],
  ["ra,dec\n1,2\n400,2\n", {}, "bad.csv, row 2: its position: ra must be from 0 to 360 degrees, not 400"],
  ["ra,dec\n12:30:00,2\n", {}, "bad.csv, row 1: '12:30:00' in ra is no number. Angles of hours or minutes need the column's unit"],
  ["ra,dec\n1,2\n", { epoch: "soon" }, "--epoch: bad.csv has no column 'soon' among ra, dec, and it is no number"],
  ["ra,dec\n1,2\n", { epoch: "1600" }, "bad.csv, row 1: epoch must be a Julian year from 1900 to 2100, not 1600"],
  ["ra,dec\n1,2\n", { error: "a,b,c" }, "--error takes one column or two, not 3"],
  ["ra,dec\n", {}, "bad.csv has no rows"],
])("%j with %j is refused in words, and leaves no file", async (content, positions, message) => {
  const [input, output] = [folder.write("bad.csv", content), path.join(folder.path, "bad-output.csv")];
  await expect(matchFile(database, input, { ...REQUEST, positions }, "csv", output)).rejects.toMatchObject({
    code: "BAD_INPUT",
    message: expect.stringContaining(message),
  });
  expect(existsSync(output)).toBe(false);
});

test.each([0, -1, 301, Number.NaN])("a radius of %s arcsec is refused", async (radiusArcsec) => {
  await expect(match(OBJECTS, { radiusArcsec })).rejects.toMatchObject({
    code: "BAD_INPUT",
    message: expect.stringContaining("The radius must be above 0 and at most 300 arcsec"),
  });
});

test("more objects than one statement takes are matched with their own stars, with the progress told", async () => {
  const names = Object.keys(STARS) as (keyof typeof STARS)[];
  const lines = Array.from({ length: 5_000 }, (_, row) => STARS[names[row % names.length]!].slice(0, 2).join());
  const progress: number[] = [];
  const input = folder.write("many.csv", `ra,dec\n${lines.join("\n")}\n`);
  const { rows } = await match(input, { onProgress: (done) => progress.push(done) });
  expect(rows.map(({ source_id }) => source_id)).toEqual(lines.map((_, row) => idOf(names[row % names.length]!)));
  expect(progress).toEqual([2_000, 4_000, 5_000]);
});
