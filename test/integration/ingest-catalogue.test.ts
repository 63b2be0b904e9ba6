import path from "node:path";
import { ingestFile } from "../../src/catalogue/ingest/ingest-file";
import { passesOfKind } from "../../src/catalogue/ingest/kinds";
import type { Mapping } from "../../src/catalogue/ingest/mapping";
import { parseMapping, readMapping } from "../../src/catalogue/ingest/mapping-file";
import type { IngestRecord } from "../../src/catalogue/ingest/record";
import type { Database } from "../../src/database/database";
import { openTestDatabase } from "../support/database";
import { describeRealData, REAL_DATA } from "../support/real-data";
import { temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();
let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

async function ingest(kind: string, file: string, mapping: Mapping): Promise<IngestRecord[]> {
  const records: IngestRecord[] = [];
  for (const pass of passesOfKind(kind, 3, mapping))
    records.push(await ingestFile(database, file, { ...pass, rejectsDir: folder.path, maxRejected: 1000 }));
  return records;
}

const MAPPING = {
  catalogue: { name: "test-survey", title: "A test", magSystem: "AB" },
  id: "id",
  gaia: { column: "gaia", release: "DR3" },
  ra: { column: "ra", unit: "hour" },
  dec: "dec",
  nulls: [-99],
  flags: "flags",
  photometry: { g: { mag: "g", error: "eg", nulls: [99] }, r: { mag: { column: "r", unit: "mmag" } } },
  labels: {
    teff: { value: "teff", unit: "kK", error: "eteff", flag: "fteff" },
    rv: { value: "rv", unit: "m/s" },
    snr: "snr",
    DIST: { value: "dist", unit: "kpc" },
    chi2: { value: "chi2", unit: "-", description: "of the fit" },
  },
  more: { mgFe: { value: "mg", error: "emg" } },
};
const HEADER = "id,gaia,ra,dec,flags,g,eg,r,teff,eteff,fteff,rv,snr,mg,emg,dist,chi2";

test("units, nulls, flags, cross-matches, photometry and labels come from one file", async () => {
  const file = folder.write(
    "survey.csv",
    `${HEADER}\na 1,6917528997577384321,2,-30,5,15.5,0.01,14000,5.5,0.1,3,-12000,80,0.3,0.05,1.5,\nb,,-99,-99,,99,-1,-99,-99,,,500,,,,,2.5\n`,
  );
  const [photometry, labels] = await ingest("catalogue", file, parseMapping(MAPPING, "m.yaml"));
  expect(photometry).toMatchObject({ kind: "photometry", read: 2, inserted: 1, reasons: { "no value in any column": 1 } });
  expect(labels).toMatchObject({ kind: "labels", read: 2, inserted: 2, rejected: 0 });
  const inCatalogue = "catalogue_id = (SELECT id FROM catalogue WHERE name = 'test-survey')";
  expect(await database.query(`SELECT object_id, ra, dec FROM catalogue_object WHERE ${inCatalogue} ORDER BY 1`)).toEqual([
    { object_id: "a 1", ra: 30, dec: -30 },
    { object_id: "b", ra: null, dec: null },
  ]);
  expect(await database.query(`SELECT release, source_id, object_id, method FROM crossmatch WHERE ${inCatalogue}`)).toEqual([
    { release: 3, source_id: 6917528997577384321n, object_id: "a 1", method: "identifier" },
  ]);
  expect(await database.query(`SELECT mag, mag_error, flags, source_id FROM photometry WHERE ${inCatalogue}`)).toEqual([
    { mag: [15.5, 14], mag_error: [0.01, null], flags: 5n, source_id: 6917528997577384321n },
  ]);
  expect(
    await database.query(`SELECT object_id, teff, teff_error, teff_flag, rv, snr FROM survey_label WHERE ${inCatalogue} ORDER BY 1`),
  ).toEqual([
    { object_id: "a 1", teff: 5500, teff_error: 100, teff_flag: 3n, rv: -12, snr: 80 },
    { object_id: "b", teff: null, teff_error: null, teff_flag: null, rv: 0.5, snr: null },
  ]);
  const values = await database.query(
    `SELECT object_id, name, unit, description, value, error, flag, source_id FROM survey_label_value v JOIN catalogue_label k ON k.id = label_id
     WHERE v.${inCatalogue} ORDER BY object_id, name`,
  );
  const none = { description: null, flag: null };
  expect(values).toEqual([
    { ...none, object_id: "a 1", name: "distance", unit: "pc", value: 1500, error: null, source_id: 6917528997577384321n },
    { ...none, object_id: "a 1", name: "mgFe", unit: "dex", value: 0.3, error: 0.05, source_id: 6917528997577384321n },
    { ...none, object_id: "b", name: "chi2", unit: null, description: "of the fit", value: 2.5, error: null, source_id: null },
  ]);
});

test("running again changes nothing; another Gaia source moves the cross-match", async () => {
  const row = (gaia: string) =>
    folder.write("survey.csv", `${HEADER}\na 1,${gaia},2,-30,5,15.5,0.01,14000,5.5,0.1,3,-12000,80,0.3,0.05,,\n`);
  const mapping = parseMapping({ ...MAPPING, catalogue: { name: "moving", title: "A test" } }, "m.yaml");
  await ingest("catalogue", row("11"), mapping);
  expect(await ingest("catalogue", row("11"), mapping)).toMatchObject([{ unchanged: 1 }, { unchanged: 1 }]);
  expect(await ingest("catalogue", row("12"), mapping)).toMatchObject([{ updated: 1 }, { updated: 1 }]);
  const matches = await database.query(
    "SELECT source_id FROM crossmatch m JOIN catalogue c ON c.id = m.catalogue_id WHERE c.name = 'moving'",
  );
  expect(matches).toEqual([{ source_id: 12n }]);
  const values = await database.query(
    "SELECT DISTINCT source_id FROM survey_label_value v JOIN catalogue c ON c.id = v.catalogue_id WHERE c.name = 'moving'",
  );
  expect(values).toEqual([{ source_id: 12n }]);
});

test("a label that has no column of its own is updated, taken away and counted like one that has", async () => {
  const mapping = parseMapping(
    { catalogue: { name: "rows", title: "t" }, id: "id", gaia: MAPPING.gaia, labels: { teff: "teff", aLi: "li" } },
    "m.yaml",
  );
  const file = (rows: string) => folder.write("rows.csv", `id,gaia,teff,li\n${rows}\n`);
  const counts = async (rows: string) => {
    const [record] = await ingest("labels", file(rows), mapping);
    return [record!.inserted, record!.updated, record!.unchanged];
  };
  expect(await counts("1,11,5000,1.5\n2,12,5100,")).toEqual([2, 0, 0]);
  expect(await counts("1,11,5000,1.25\n2,12,5100,")).toEqual([0, 1, 1]);
  expect(await counts("1,11,5000,\n2,12,5100,2")).toEqual([0, 2, 0]);
  const values = await database.query(
    "SELECT object_id, value, source_id FROM survey_label_value v JOIN catalogue c ON c.id = v.catalogue_id WHERE c.name = 'rows'",
  );
  expect(values).toEqual([{ object_id: "2", value: 2, source_id: 12n }]);
});

test("labels that a file does not name follow their object to another star", async () => {
  const mapping = (labels: object) =>
    parseMapping({ catalogue: { name: "follow", title: "t" }, id: "id", gaia: MAPPING.gaia, labels }, "m.yaml");
  await ingest("labels", folder.write("both.csv", "id,gaia,teff,li\n1,11,5000,1.5\n"), mapping({ teff: "teff", aLi: "li" }));
  await ingest("labels", folder.write("one.csv", "id,gaia,teff\n1,21,5000\n"), mapping({ teff: "teff" }));
  const values = await database.query(
    "SELECT value, source_id FROM survey_label_value v JOIN catalogue c ON c.id = v.catalogue_id WHERE c.name = 'follow'",
  );
  expect(values).toEqual([{ value: 1.5, source_id: 21n }]);
});

test.each<[string, object, RegExp]>([
  ["another unit", { depth: { value: "depth", unit: "cm" } }, /'depth' of 'own-labels' is stored in m, the mapping file says cm/],
  ["other capitals", { Depth: { value: "depth", unit: "m" } }, /has a label 'depth' already; 'Depth' differs by its case alone/],
])("a label of the survey's own with %s than before is refused", async (_name, labels, message) => {
  const mapping = (its: object) => parseMapping({ catalogue: { name: "own-labels", title: "t" }, id: "id", labels: its }, "m.yaml");
  const file = folder.write("own.csv", "id,depth\n1,2\n");
  await ingest("labels", file, mapping({ depth: { value: "depth", unit: "m" } }));
  const [record] = await ingest("labels", file, mapping(labels));
  expect(record).toMatchObject({ status: "failed", error: expect.stringMatching(message) });
});

test("other bands for a catalogue that has some are refused", async () => {
  const file = folder.write("bands.csv", "id,u\n1,12\n");
  const bands = (names: object) => parseMapping({ catalogue: { name: "bands", title: "t" }, id: "id", photometry: names }, "m.yaml");
  await ingest("photometry", file, bands({ u: "u" }));
  expect(await ingest("photometry", file, bands({ v: "u" }))).toMatchObject([
    { status: "failed", error: expect.stringMatching(/bands u, the mapping file says v/) },
  ]);
});

test("a column that the mapping names and the file lacks is named", async () => {
  const mapping = parseMapping({ catalogue: { name: "lacks", title: "t" }, id: "id", labels: { feh: "met" } }, "m.yaml");
  const [record] = await ingest("labels", folder.write("lacks.csv", "id,feh\n1,0.1\n"), mapping);
  expect(record).toMatchObject({ status: "failed", error: expect.stringMatching(/lacks met. Required: id, met. Found: id, feh/) });
  expect(await database.query("SELECT FROM catalogue WHERE name = 'lacks'")).toEqual([]);
});

describeRealData("the real tables, by the mappings that ship", () => {
  test.each([
    ["rave-apogee-photometry", "stars.csv", [3134, 3134]],
    ["kepler-tgas-sed", "stars.txt", [1802, 1802]],
    ["lamost-spectra", "labels.csv", [2986, 3165]],
    ["sdss-segue-colours", "stars.csv.gz", [22326]],
    ["rr-lyrae-gaia-g", "stars.csv", [3546, 3546, 3546]],
  ])("%s is taken in, and found unchanged", async (name, file, rows) => {
    const source = path.join(REAL_DATA!, name, file);
    const records = await ingest("catalogue", source, readMapping(name));
    expect(records.map(({ status, inserted }) => [status, inserted])).toEqual(rows.map((count) => ["done", count]));
    expect((await ingest("catalogue", source, readMapping(name))).map(({ unchanged }) => unchanged)).toEqual(rows);
  });

  test("values are those of the file, sentinels null", async () => {
    const labels = await database.query(
      "SELECT teff, logg, feh, feh_error FROM survey_label JOIN catalogue c ON c.id = catalogue_id WHERE c.name = 'kepler-tgas-sed' AND object_id = '1160789'",
    );
    expect(labels).toEqual([{ teff: 4739.4, logg: 2.307, feh: -0.34, feh_error: 0.06 }]);
    const [sentinels] = await database.query<{ n: bigint }>("SELECT count(*) AS n FROM photometry, unnest(mag) m WHERE m >= 90 OR m < -50");
    expect(sentinels?.n).toBe(0n);
    const matches = await database.query(
      "SELECT DISTINCT m.release FROM crossmatch m JOIN catalogue c ON c.id = m.catalogue_id WHERE c.name = 'rr-lyrae-gaia-g'",
    );
    expect(matches).toEqual([{ release: 2 }]);
  });
});
