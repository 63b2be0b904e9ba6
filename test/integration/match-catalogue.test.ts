import { ingestFile } from "../../src/catalogue/ingest/ingest-file";
import { passesOfKind } from "../../src/catalogue/ingest/kinds";
import { parseMapping } from "../../src/catalogue/ingest/mapping-file";
import { removeCatalogue } from "../../src/catalogue/life/remove-catalogue";
import { photometryOf } from "../../src/catalogue/photometry";
import { type MatchCatalogueSettings, matchCatalogue } from "../../src/catalogue/position-match/stored/match-catalogue";
import type { Database, Queries } from "../../src/database/database";
import { pixelAt, sourceIdOf } from "../../src/science/sky/healpix";
import { openTestDatabase } from "../support/database";
import { temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();
let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const STARS = 40;
const place = (star: number) => ({ raDeg: (star * 9 + 355) % 360, decDeg: -85 + star * 4 });
const idOf = (star: number) => sourceIdOf(pixelAt(place(star).raDeg, place(star).decDeg), star + 1, 0);
const NORTHWARD = 1000;

beforeEach(async () => {
  await database.script("DELETE FROM star; DELETE FROM crossmatch_job; DELETE FROM crossmatch_range; DELETE FROM crossmatch_found");
  for (let star = 0; star < STARS; star++)
    await database.query(
      `INSERT INTO star (release, source_id, ref_epoch, ra, dec, pmra, pmdec, ra_error, dec_error, pmra_error, pmdec_error)
       VALUES (3, $1, 2016, $2, $3, 0, $4, 0, 0, 0, 0)`,
      [idOf(star), place(star).raDeg, place(star).decDeg, NORTHWARD],
    );
});
afterEach(async () => {
  const [there] = await database.query("SELECT FROM catalogue WHERE name = 'ours'");
  if (there) await removeCatalogue(database, "ours");
});

const MAPPING = {
  catalogue: { name: "ours", title: "Ours", magSystem: "AB" },
  id: "id",
  gaia: { column: "gaia", release: "DR3" },
  position: { ra: "ra", dec: "dec", epoch: "jd", error: { column: "e_pos", unit: "mas" } },
  labels: { teff: "teff", mgFe: "mg" },
  photometry: { g: "g" },
};
/** 2000.0: by then the stars were 16 arcsec farther south. */
const JD2000 = 2_451_545;

/** An object 0.3 arcsec north of where a star was in 2000. */
function objectLine(star: number, gaia = "", id = `o${star}`): string {
  const { raDeg, decDeg } = place(star);
  return [id, gaia, raDeg, decDeg - (16 - 0.3) / 3600, JD2000, 100, 5000 + star, 0.1, 15].join();
}

async function ingest(lines: readonly string[], mapping: object = MAPPING): Promise<void> {
  const file = folder.write("ours.csv", `id,gaia,ra,dec,jd,e_pos,teff,mg,g\n${lines.join("\n")}\n`);
  for (const pass of passesOfKind("catalogue", 3, parseMapping(mapping, "m.yaml"))) {
    const record = await ingestFile(database, file, { ...pass, rejectsDir: folder.path, maxRejected: 0 });
    expect(record).toMatchObject({ status: "done", rejected: 0 });
  }
}

const SETTINGS: MatchCatalogueSettings = { release: 3, radiusArcsec: 1, epoch: null, errorArcsec: null, rangeSize: 7 };
const match = (settings: Partial<MatchCatalogueSettings> = {}, on: Database = database) =>
  matchCatalogue(on, "ours", { ...SETTINGS, ...settings });

const COLUMNS =
  "object_id, source_id, method, separation, separation_error, significance, rank, neighbours, mates, best_for_star, radius, flags";
const matches = () => database.query<Record<string, unknown>>(`SELECT ${COLUMNS} FROM crossmatch ORDER BY object_id`);
const linked = async (table: string) =>
  (await database.query<{ source_id: bigint | null }>(`SELECT source_id FROM ${table} ORDER BY object_id`)).map(
    ({ source_id }) => source_id,
  );

const ALL = Array.from({ length: STARS }, (_, star) => objectLine(star));
const IN_ORDER = Array.from({ length: STARS }, (_, star) => star).sort((a, b) => (`o${a}` < `o${b}` ? -1 : 1));

test("objects are matched at the dates of their own positions, and say how well", async () => {
  await ingest(ALL);
  expect(await match()).toEqual({
    catalogue: "ours",
    release: 3,
    radius: 1,
    objects: STARS,
    matched: STARS,
    ambiguous: 0,
    shared: 0,
    medianSeparation: expect.closeTo(0.3, 4),
  });
  const stored = await matches();
  expect(stored.map(({ source_id }) => source_id)).toEqual(IN_ORDER.map(idOf));
  expect(stored[0]).toEqual({
    object_id: "o0",
    source_id: idOf(0),
    method: "position",
    separation: expect.closeTo(0.3, 4),
    separation_error: expect.closeTo(0.1, 6),
    significance: expect.closeTo(3, 3),
    rank: 1,
    neighbours: 1,
    mates: 0,
    best_for_star: true,
    radius: 1,
    flags: 0,
  });
});

test("magnitudes, labels and further labels of a matched object are its star's", async () => {
  await ingest(ALL);
  expect(await photometryOf(database, 3, [idOf(5)])).toEqual([[]]);
  await match();
  expect(await photometryOf(database, 3, [idOf(5)])).toMatchObject([[{ catalogue: "ours", objectId: "o5", band: "g", mag: 15 }]]);
  for (const table of ["photometry", "survey_label", "survey_label_value"]) expect(await linked(table)).toEqual(IN_ORDER.map(idOf));
});

test("an object that names its star keeps it, and is not matched by position", async () => {
  await ingest([objectLine(0, String(idOf(9))), objectLine(1)]);
  expect(await match()).toMatchObject({ objects: 1, matched: 1 });
  expect((await matches()).map(({ source_id, method }) => [source_id, method])).toEqual([
    [idOf(9), "identifier"],
    [idOf(1), "position"],
  ]);
  expect(await linked("photometry")).toEqual([idOf(9), idOf(1)]);
});

test("two objects of one star are flagged, and the better one is told", async () => {
  const { raDeg, decDeg } = place(1);
  const farther = ["p1", "", raDeg, decDeg - (16 - 0.5) / 3600, JD2000, 100, 5000, 0.1, 15].join();
  await ingest([objectLine(1), farther]);
  expect(await match()).toMatchObject({ matched: 2, shared: 2 });
  expect((await matches()).map(({ object_id, mates, best_for_star, flags }) => [object_id, mates, best_for_star, flags])).toEqual([
    ["o1", 1, true, 8],
    ["p1", 1, false, 8],
  ]);
});

test("matches are replaced as a whole when they are made again", async () => {
  await ingest(ALL);
  await match();
  await database.query("DELETE FROM star WHERE source_id = $1", [idOf(3)]);
  await database.query("UPDATE catalogue_object SET dec = dec + 5 / 3600.0 WHERE object_id = 'o4'");
  expect(await match()).toMatchObject({ objects: STARS, matched: STARS - 2 });
  const known = IN_ORDER.map((star) => (star === 3 || star === 4 ? null : idOf(star)));
  for (const table of ["photometry", "survey_label", "survey_label_value"]) expect(await linked(table)).toEqual(known);
  expect(await match({ radiusArcsec: 0.2 })).toMatchObject({ matched: 0, medianSeparation: null });
  expect(await linked("photometry")).toEqual(IN_ORDER.map(() => null));
});

test("an object whose row is ingested again stays its star's; one that names its star leaves the match behind", async () => {
  await ingest([objectLine(0), objectLine(1)]);
  await match();
  await ingest([objectLine(0).replace(",15", ",16"), objectLine(1, String(idOf(9)))]);
  expect(await linked("photometry")).toEqual([idOf(0), idOf(9)]);
  expect((await matches()).map(({ object_id, method }) => [object_id, method])).toEqual([
    ["o0", "position"],
    ["o1", "identifier"],
  ]);
});

test("epoch and error of the command are for objects that say none, the catalogue's epoch comes before it", async () => {
  const { position: _, ...mapping } = MAPPING;
  await ingest([objectLine(0)], { ...mapping, ra: "ra", dec: "dec" });
  expect(await match()).toMatchObject({ matched: 0 });
  expect(await match({ epoch: 2000, errorArcsec: 0.2 })).toMatchObject({ matched: 1 });
  expect((await matches())[0]).toMatchObject({ significance: expect.closeTo(1.5, 3), flags: 0 });
  await database.script("UPDATE catalogue SET epoch = 1990 WHERE name = 'ours'");
  expect(await match({ epoch: 2000 })).toMatchObject({ matched: 0 });
});

/** The database, lost while the ranges are worked on. @param after transactions that are let through */
function losing(after: number): Database {
  let transactions = 0;
  const transaction = async <T>(work: (queries: Queries) => Promise<T>): Promise<T> => {
    if (transactions++ < after) return database.transaction(work);
    return database.transaction(async (queries) => {
      await work(queries);
      throw new Error("terminating connection due to administrator command");
    });
  };
  return { ...database, transaction };
}

test("one that is killed leaves the old matches, and ends as one that was not disturbed", async () => {
  await ingest(ALL);
  await match({ radiusArcsec: 0.5 });
  const undisturbed = (await matches()).map((one) => ({ ...one, radius: 2 }));
  for (const after of [1, 2, 4]) {
    await expect(match({ radiusArcsec: 2 }, losing(after))).rejects.toThrow("terminating connection");
    expect((await matches()).map(({ radius }) => radius)).toEqual(ALL.map(() => 0.5));
  }
  const left: number[] = [];
  await match({ radiusArcsec: 2, onProgress: (done, total) => left.push(total - done) });
  // Of six ranges the second run did one and the third three.
  expect(left).toHaveLength(2);
  expect(await matches()).toEqual(undisturbed);
});

test("processes share the objects, and whoever is last ends the work", async () => {
  await ingest(ALL);
  const both = await Promise.all([match(), match()]);
  expect(both.map(({ matched }) => matched)).toEqual([STARS, STARS]);
  expect(await matches()).toHaveLength(STARS);
  expect(await database.query("SELECT FROM crossmatch_job UNION ALL SELECT FROM crossmatch_found")).toEqual([]);
});

test("an unfinished one is not mixed with another radius, unless it is begun anew", async () => {
  await ingest(ALL);
  await expect(match({}, losing(2))).rejects.toThrow("terminating connection");
  await expect(match({ radiusArcsec: 2 })).rejects.toMatchObject({
    code: "CONFLICT",
    message: expect.stringContaining('unfinished (radius 1", epoch none, error none). Run it with the same options'),
  });
  expect(await match({ radiusArcsec: 2, restart: true })).toMatchObject({ radius: 2, matched: STARS });
});

test("a catalogue without positions, an unknown one and a radius that cannot be meant are refused", async () => {
  await expect(match()).rejects.toMatchObject({ code: "NOT_FOUND" });
  const { position: _, ...mapping } = MAPPING;
  await ingest([objectLine(0)], mapping);
  await expect(match()).rejects.toMatchObject({ code: "BAD_INPUT", message: expect.stringContaining("Ingest it with `ra` and `dec`") });
  await expect(match({ radiusArcsec: 0 })).rejects.toMatchObject({ code: "BAD_INPUT" });
  await expect(match({ epoch: 1800 })).rejects.toMatchObject({ code: "BAD_INPUT" });
});

test("a catalogue that is removed takes its unfinished cross-match along", async () => {
  await ingest(ALL);
  await expect(match({}, losing(2))).rejects.toThrow("terminating connection");
  await removeCatalogue(database, "ours");
  expect(await database.query("SELECT FROM crossmatch_job UNION ALL SELECT FROM crossmatch_range")).toEqual([]);
});

test("rows with an epoch that is none, or out of bounds, are rejected with the reason", async () => {
  const file = folder.write(
    "bad.csv",
    "id,gaia,ra,dec,jd,e_pos,teff,mg,g\na,,1,1,soon,1,5000,0,1\nb,,1,1,1500,1,5000,0,1\nc,,1,1,,-1,5000,0,1\n",
  );
  const [pass] = passesOfKind("catalogue", 3, parseMapping(MAPPING, "m.yaml"));
  const record = await ingestFile(database, file, { ...pass!, rejectsDir: folder.path, maxRejected: 10 });
  expect(record.reasons).toEqual({ "jd is no epoch: a Julian year, a Julian date or a modified one": 1, "epoch outside 1900 to 2100": 1 });
  expect(await database.query("SELECT object_id, epoch, position_error FROM catalogue_object")).toEqual([
    { object_id: "c", epoch: null, position_error: null },
  ]);
});
