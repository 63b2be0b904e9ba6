import path from "node:path";
import { type IngestOutcome, ingestFile } from "../../src/catalogue/ingest/ingest-file";
import { passesOfKind } from "../../src/catalogue/ingest/kinds";
import { epochPhotometryReader } from "../../src/catalogue/ingest/light-curves/epoch-photometry";
import { lightCurvePlan } from "../../src/catalogue/ingest/light-curves/light-curve-plan";
import type { Mapping } from "../../src/catalogue/ingest/mapping";
import { parseMapping, readMapping } from "../../src/catalogue/ingest/mapping-file";
import type { Release } from "../../src/catalogue/release";
import type { Database } from "../../src/database/database";
import { openTestDatabase } from "../support/database";
import { arrayFits, arrayTable, arrayVotable, REAL_TRANSITS, rowTable, STAR, TRANSITS } from "../support/epoch-photometry";
import { describeRealData, REAL_DATA } from "../support/real-data";
import { temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();
let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(() => database.script("DELETE FROM light_curve"));

async function ingest(
  kind: string,
  file: string,
  mapping: Mapping | null = null,
  release: Release | null = null,
): Promise<IngestOutcome[]> {
  const records: IngestOutcome[] = [];
  for (const pass of passesOfKind(kind, release, mapping))
    records.push(await ingestFile(database, file, { ...pass, rejectsDir: folder.path, maxRejected: 100_000 }));
  return records;
}
const take = async (name: string, content: string | Buffer) => (await ingest("light-curves", folder.write(name, content)))[0]!;

interface Stored {
  readonly source_id: bigint;
  readonly band: string;
  readonly folded: boolean;
  readonly time: number[];
  readonly mag: number[];
  readonly mag_error: number[];
  readonly rejected: Uint8Array | null;
}
const stored = () =>
  database.query<Stored>("SELECT source_id, band, folded, time, mag, mag_error, rejected FROM light_curve ORDER BY source_id, band");

test("real transits of an RR Lyrae star become light curves in G, BP and RP", async () => {
  expect(await take("real.csv", REAL_TRANSITS)).toMatchObject({ read: 4, inserted: 3, rejected: 0 });
  const [bp, g, rp] = await stored();
  expect([bp?.band, g?.band, rp?.band]).toEqual(["BP", "G", "RP"]);
  expect(g).toMatchObject({ source_id: STAR, folded: false, time: [1756.8137006432394, 1808.3702082380066], rejected: null });
  expect(g?.mag[0]).toBeCloseTo(13.717306, 5);
  // 2.5 / ln 10 / (flux / error)
  expect(g?.mag_error[0]).toBeCloseTo(1.0857362 / 924.3469, 7);
  const [catalogue] = await database.query<{ name: string; mag_system: string }>(
    "SELECT name, mag_system FROM catalogue c JOIN light_curve l ON l.catalogue_id = c.id LIMIT 1",
  );
  expect(catalogue).toEqual({ name: "gaia-dr3-epoch-photometry", mag_system: "Vega" });
});

test("every form and format of the archive gives the same light curve", async () => {
  const files: readonly (readonly [string, string | Buffer])[] = [
    ["arrays.csv", arrayTable("csv", TRANSITS)],
    ["arrays.ecsv", arrayTable("ecsv", TRANSITS)],
    ["arrays.vot", arrayVotable(TRANSITS)],
    ["arrays.fits", arrayFits(TRANSITS)],
    ["rows.csv", rowTable(TRANSITS)],
  ];
  let first: Stored[] | null = null;
  for (const [name, content] of files) {
    const record = await take(name, content);
    expect(record).toMatchObject({ read: 10, rejected: 1, reasons: { "point without a magnitude": 1 } });
    // From the second file on the same light curve is there already.
    expect([record.inserted, record.unchanged]).toEqual(first === null ? [1, 0] : [0, 1]);
    first ??= await stored();
  }
  expect(first?.[0]).toMatchObject({ band: "G", time: TRANSITS.filter(({ mag }) => mag !== null).map(({ time }) => time) });
  // The third of nine points: the third highest bit of two bytes.
  expect(Buffer.from(first![0]!.rejected!)).toEqual(Buffer.from([0b00100000, 0]));
});

test("a magnitude that is absent is made of the flux with the release's zero point", async () => {
  const file = folder.write("flux.csv", "source_id,band,time,flux,flux_error\n5,G,1700,1000,10\n5,BP,1700,1000,10\n");
  await ingest("light-curves", file, null, 2);
  await ingest("light-curves", file, null, 3);
  const rows = await database.query<{ release: number; band: string; mag: number[]; mag_error: number[] }>(
    "SELECT release, band, mag, mag_error FROM light_curve ORDER BY release, band",
  );
  expect(rows.map(({ release, band, mag }) => [release, band, mag[0]!.toFixed(4)])).toEqual([
    [2, "BP", "17.8514"],
    [2, "G", "18.1884"],
    [3, "BP", "17.8385"],
    [3, "G", "18.1874"],
  ]);
  expect(rows[0]!.mag_error[0]).toBeCloseTo(0.0108574, 6);
});

test("points that cannot be kept are counted by reason and kept as they came", async () => {
  const record = await take(
    "bad.csv",
    [
      "source_id,band,time,mag,flux,flux_over_error,rejected_by_variability",
      "7,G,1700,15,1,100,false",
      "7,G,1700,15.2,1,100,false",
      "7,G,1701,,-3,,false",
      "7,G,1702,nan,,,false",
      "7,G,,15,1,100,false",
      "7,G,57000.5,15,1,100,false",
      "7,G,1703,99.999,1,100,false",
      "7,G,1704,abc,1,100,false",
      "7,u,1705,15,1,100,false",
      "0,G,1706,15,1,100,false",
      "7,G,1699,15.1,1,,true",
    ].join("\n"),
  );
  expect(record).toMatchObject({
    read: 11,
    inserted: 1,
    rejected: 9,
    reasons: {
      "time came before in the light curve": 1,
      "flux is not positive in G": 1,
      "point without a magnitude": 1,
      "point without a time": 1,
      "time beyond 50000 d from BJD 2455197.5: another zero point?": 1,
      "magnitude beyond 50": 1,
      "bad number in mag": 1,
      "band is not G, BP or RP": 1,
      "source_id out of range": 1,
    },
  });
  expect(await stored()).toMatchObject([{ time: [1699, 1700], mag: [15.1, 15], mag_error: [null, expect.closeTo(0.0108574, 6)] }]);
});

test("stars whose rows are spread through the file are joined, however few points wait in memory", async () => {
  const [header, ...rows] = [1n, 2n, 3n]
    .flatMap((id) => rowTable(TRANSITS, id).trim().split("\n"))
    .filter((line, index) => index === 0 || !line.startsWith("source"));
  // In strides of 7, and the last row of every star twice.
  const spread = Array.from({ length: rows.length }, (_, index) => rows[(index * 7) % rows.length]!);
  const file = folder.write("spread.csv", `${[header, ...spread, ...rows.filter((_, index) => index % 10 === 9)].join("\n")}\n`);
  const plan = { kind: "light-curves", rejectsDir: folder.path, maxRejected: 100 };
  const catalogueId = 999;
  const record = await ingestFile(database, file, {
    ...plan,
    plan: async (head) =>
      lightCurvePlan({ release: 3, catalogueId, catalogue: "a-test", folded: false, read: epochPhotometryReader(head, 3), maxPoints: 4 }),
  });
  expect(record).toMatchObject({
    read: 33,
    inserted: 3,
    reasons: { "point without a magnitude": 3, "time came before in the light curve": 3 },
  });
  const curves = await stored();
  expect(curves.map(({ source_id }) => source_id)).toEqual([1n, 2n, 3n]);
  const measured = TRANSITS.filter(({ mag }) => mag !== null);
  for (const { time, mag, rejected } of curves) {
    expect(time).toEqual(measured.map((transit) => transit.time));
    expect(mag).toEqual(measured.map((transit) => transit.mag));
    expect(Buffer.from(rejected!)).toEqual(Buffer.from([0b00100000, 0]));
  }
});

const SIMPLE = {
  catalogue: { name: "test-curves", title: "A test" },
  id: "id",
  gaia: { column: "id", release: "DR3" },
  nulls: [-99],
  lightCurves: {
    band: { column: "filter" },
    time: { column: "mjd", zero: "mjd" },
    mag: { mag: "m", error: "e", unit: "mmag" },
    rejected: "bad",
  },
};

test("a simple table is read as its mapping says: zero point of time, unit, band, flag", async () => {
  const file = folder.write(
    "simple.csv",
    "id,filter,mjd,m,e,bad\n7,V,57001.5,15100,-1,0\n7,V,57000.5,15200,20,1\n7,V,57002.5,-99,20,0\n7,,57002.5,1,1,0\n",
  );
  const [record] = await ingest("light-curves", file, parseMapping(SIMPLE, "m.yaml"));
  expect(record).toMatchObject({ inserted: 1, reasons: { "point without a magnitude": 1, "no name of a band": 1 } });
  const [curve] = await stored();
  // MJD 57000.5 is JD 2457001.
  expect(curve).toMatchObject({ band: "V", time: [1803.5, 1804.5], mag_error: [expect.closeTo(0.02, 6), null] });
  expect(curve?.mag[1]).toBeCloseTo(15.1, 6);
  expect(Buffer.from(curve!.rejected!)).toEqual(Buffer.from([0b10000000]));
});

test("a file that is no light curves is refused by name of what it lacks, and nothing is kept", async () => {
  const record = await take("other.csv", "source_id,ra\n5,1\n");
  expect(record).toMatchObject({
    status: "failed",
    error: expect.stringMatching(/not Gaia's epoch photometry: wanted source_id with band/),
  });
  expect(await stored()).toEqual([]);
});

describeRealData("the phase-folded set", () => {
  const data = path.join(REAL_DATA ?? "", "rr-lyrae-gaia-g");

  test("stars, labels, periods and light curves; run again, nothing changes", async () => {
    const mapping = readMapping("rr-lyrae-gaia-g");
    const tables = await ingest("catalogue", path.join(data, "stars.csv"), mapping);
    expect(tables.map(({ kind, inserted }) => [kind, inserted])).toEqual([
      ["stars", 3546],
      ["labels", 3546],
      ["variability", 3546],
    ]);
    const curves = path.join(data, "light_curves.csv.gz");
    expect(await ingest("light-curves", curves, mapping)).toMatchObject([
      // Points beyond phase 1 repeat the start, and four others a neighbour.
      { read: 149_334, inserted: 3546, reasons: { "phase and magnitude came before in the light curve": 24_810 } },
    ]);
    expect(await ingest("light-curves", curves, mapping)).toMatchObject([{ inserted: 0, updated: 0, unchanged: 3546 }]);
    const [star] = await database.query(
      `SELECT s.ra, s.ra_error, v.period, v.type, l.folded, l.band, l.time[1] AS phase, l.mag[1] AS mag, cardinality(l.mag_error) AS errors
       FROM star s JOIN variability v USING (release, source_id) JOIN light_curve l USING (release, source_id)
       WHERE s.release = 2 AND s.source_id = 6720175147260934144`,
    );
    expect(star).toMatchObject({
      ...{ ra: 275.18782, ra_error: 14_900, period: 0.426553, type: "RRab" },
      ...{ folded: true, band: "G", phase: 0.062568, mag: expect.closeTo(14.353627, 5), errors: 0 },
    });
    const [range] = await database.query("SELECT min(t) >= 0 AND max(t) < 1 AS inside FROM light_curve, unnest(time) t");
    expect(range).toEqual({ inside: true });
  });
});
