import { readFileSync } from "node:fs";
import path from "node:path";
import { catalogueNamed } from "../../src/catalogue/catalogue";
import { exportToFile } from "../../src/catalogue/export/export-file";
import { ingestFile } from "../../src/catalogue/ingest/ingest-file";
import { lastIngests, provenance } from "../../src/catalogue/ingest/ingest-record";
import { passesOfKind } from "../../src/catalogue/ingest/kinds";
import { parseMapping } from "../../src/catalogue/ingest/mapping-file";
import { replaceDelivery } from "../../src/catalogue/ingest/replace-delivery";
import { removeAlias, setAlias } from "../../src/catalogue/life/alias";
import { catalogueContents } from "../../src/catalogue/life/catalogue-contents";
import { plannedRemoval, removeCatalogue } from "../../src/catalogue/life/remove-catalogue";
import { countUnmatched, unmatchedObjects } from "../../src/catalogue/life/unmatched";
import type { Database } from "../../src/database/database";
import { openTestDatabase } from "../support/database";
import { temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();
let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const mappingOf = (name: string, more: object = {}) =>
  parseMapping(
    {
      catalogue: { name, title: "Ours" },
      id: "id",
      gaia: { column: "gaia", release: "DR3" },
      ra: "ra",
      dec: "dec",
      labels: { teff: "teff", aLi: { value: "li", error: "e_li" } },
      photometry: { g: "g" },
      ...more,
    },
    "m.yaml",
  );
type Mapping = ReturnType<typeof mappingOf>;

const HEADER = "id,gaia,ra,dec,teff,li,e_li,g";
const csv = (rows: string) => folder.write("delivery.csv", `${HEADER}\n${rows}\n`);
const LIMITS = { rejectsDir: folder.path, maxRejected: 1000 };
const FIRST = "a,1,10,20,5000,1.5,0.1,12\nb,2,11,21,5100,,,13\nc,,12,22,5200,2,,14";

async function ingest(mapping: Mapping, rows: string, kind = "catalogue") {
  const outcomes = [];
  for (const pass of passesOfKind(kind, 3, mapping)) outcomes.push(await ingestFile(database, csv(rows), { ...pass, ...LIMITS }));
  return outcomes;
}

const replace = (mapping: Mapping, rows: string, kind = "catalogue") => {
  const file = csv(rows);
  const delivery = passesOfKind(kind, 3, mapping).map((pass) => ({ file, options: { ...pass, ...LIMITS } }));
  return replaceDelivery(database, mapping.catalogue.name, delivery);
};

/** Everything that is stored of a catalogue. */
async function stored(name: string) {
  const [found] = await database.query<{ id: number }>("SELECT id FROM catalogue WHERE name = $1", [name]);
  const rows = (sql: string) => database.query(sql, [found?.id ?? null]);
  return {
    bands: await database.query("SELECT bands FROM catalogue WHERE name = $1", [name]),
    objects: await rows("SELECT object_id, ra FROM catalogue_object WHERE catalogue_id = $1 ORDER BY 1"),
    matches: await rows("SELECT object_id, source_id, method FROM crossmatch WHERE catalogue_id = $1 ORDER BY 1, 2"),
    labels: await rows("SELECT object_id, source_id, teff FROM survey_label WHERE catalogue_id = $1 ORDER BY 1"),
    values: await rows(
      "SELECT object_id, name, unit, value, error FROM survey_label_value v JOIN catalogue_label k ON k.id = label_id WHERE v.catalogue_id = $1 ORDER BY 1, 2",
    ),
    photometry: await rows("SELECT object_id, mag FROM photometry WHERE catalogue_id = $1 ORDER BY 1"),
  };
}

test("objects without a source_id are kept, counted apart and listed", async () => {
  const outcomes = await ingest(mappingOf("unmatched-survey"), FIRST);
  expect(outcomes).toMatchObject([
    { kind: "photometry", inserted: 3, unmatched: 1, catalogue: "unmatched-survey" },
    { kind: "labels", inserted: 3, unmatched: 1, catalogue: "unmatched-survey" },
  ]);
  const { id } = await catalogueNamed(database, "unmatched-survey");
  expect(await countUnmatched(database, id)).toBe(1);
  expect(await unmatchedObjects(database, id, 10, null)).toEqual([{ objectId: "c", ra: 12, dec: 22 }]);
  expect(await unmatchedObjects(database, id, 10, "c")).toEqual([]);
});

test("a catalogue's objects are exported with what it says of them, those without a star alone where that is asked", async () => {
  await ingest(mappingOf("exported-survey"), `${FIRST}\nquote'\\"x,,1,2,4000,,,`);
  const request = { what: "objects", release: 3, filter: {}, after: null, catalogue: "exported-survey", modelVersionId: null } as const;
  const file = path.join(folder.path, "objects.csv");
  expect(await exportToFile(database, request, "csv", file)).toMatchObject({ stars: 4 });
  const [header, ...rows] = readFileSync(file, "utf8").trim().split("\n");
  expect(header).toMatch(/^object_id,ra,dec,release,source_id,teff,.*,aLi,aLi_error,aLi_flag,flags,mag_g,mag_g_error$/);
  expect(rows[0]).toMatch(/^a,10,20,3,1,5000,.*,1.5,0.1,,0,12,$/);
  expect(await exportToFile(database, { ...request, unmatched: true }, "csv", file)).toMatchObject({ stars: 2 });
  const unmatched = readFileSync(file, "utf8").trim().split("\n").slice(1);
  expect(unmatched).toHaveLength(2);
  expect(unmatched[0]).toMatch(/^c,12,22,,,5200,/);
  expect(unmatched[1]).toMatch(/^"quote'.*x",1,2,,,4000,/);
  await expect(exportToFile(database, { ...request, catalogue: null }, "csv", file)).rejects.toMatchObject({ code: "BAD_INPUT" });
  await expect(exportToFile(database, { ...request, filter: { synthetic: true } }, "csv", file)).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
});

test("a new delivery replaces the old one whole, and the records tell which rows are there now", async () => {
  const mapping = mappingOf("replaced-survey");
  await ingest(mapping, FIRST);
  // Other bands, another unit of a label and other objects: nothing of the first delivery may stay.
  const second = mappingOf("replaced-survey", {
    labels: { teff: "teff", chi: { value: "li", unit: "-" } },
    photometry: { r: "g" },
  });
  const outcomes = await replace(second, "b,22,11,21,6100,3,,15\nd,4,13,23,6200,,,");
  expect(outcomes).toMatchObject([
    { kind: "photometry", status: "done", inserted: 1, replaced: 3 },
    { kind: "labels", status: "done", inserted: 2, replaced: 3 },
  ]);
  expect(await stored("replaced-survey")).toEqual({
    bands: [{ bands: ["r"] }],
    objects: [
      { object_id: "b", ra: 11 },
      { object_id: "d", ra: 13 },
    ],
    matches: [
      { object_id: "b", source_id: 22n, method: "identifier" },
      { object_id: "d", source_id: 4n, method: "identifier" },
    ],
    labels: [
      { object_id: "b", source_id: 22n, teff: 6100 },
      { object_id: "d", source_id: 4n, teff: 6200 },
    ],
    values: [{ object_id: "b", name: "chi", unit: null, value: 3, error: null }],
    photometry: [{ object_id: "b", mag: [15] }],
  });
  const told = await lastIngests(database, 10, ["replaced-survey"]);
  expect(told.map(({ kind, status, source }) => [kind, status, source])).toEqual([
    ["labels", "done", "delivery.csv"],
    ["photometry", "done", "delivery.csv"],
    ["labels", "replaced", "delivery.csv"],
    ["photometry", "replaced", "delivery.csv"],
  ]);
  const now = await provenance(database, { catalogues: ["replaced-survey"], kinds: null });
  expect(now.map(({ kind, sha256 }) => [kind, sha256?.length])).toEqual([
    ["photometry", 64],
    ["labels", 64],
  ]);
});

test("what other kinds wrote of the catalogue stays where one of them is replaced", async () => {
  const mapping = mappingOf("half-replaced");
  await ingest(mapping, FIRST);
  await replace(mapping, "a,1,10,20,6000,,,", "labels");
  const { labels, values, photometry, objects } = await stored("half-replaced");
  expect([labels, values]).toEqual([[{ object_id: "a", source_id: 1n, teff: 6000 }], []]);
  expect(photometry).toHaveLength(3);
  expect(objects).toHaveLength(3);
});

test.each<[string, string, string]>([
  ["of which every row is refused", "a,1,400,20,5000,,,", "nothing was replaced"],
  ["that breaks off", "a,1,10,20,5000,,,12\nb,2", "delivery.csv"],
])("a delivery %s leaves the old one as it was", async (name, rows, message) => {
  const mapping = mappingOf(`kept-${name.length}`);
  await ingest(mapping, FIRST);
  const before = await stored(mapping.catalogue.name);
  const outcomes = await replace(mapping, rows);
  expect(outcomes.map(({ status }) => status)).toEqual(["failed", "failed"]);
  expect(outcomes.map(({ error }) => error).join()).toContain(message);
  expect(await stored(mapping.catalogue.name)).toEqual(before);
});

test("an alias means the current release, moves to the next one, and is no name for another catalogue", async () => {
  await ingest(mappingOf("our-dr1"), FIRST);
  await ingest(mappingOf("our-dr2"), FIRST);
  expect(await setAlias(database, "our", "our-dr1")).toEqual({ alias: "our", from: null, to: "our-dr1" });
  expect((await catalogueNamed(database, "our")).name).toBe("our-dr1");
  expect(await setAlias(database, "our", "our-dr2")).toEqual({ alias: "our", from: "our-dr1", to: "our-dr2" });
  expect((await catalogueNamed(database, "our")).name).toBe("our-dr2");
  await expect(setAlias(database, "our-dr1", "our-dr2")).rejects.toThrow("is the name of a catalogue");
  await expect(setAlias(database, "our", "nope")).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(setAlias(database, "Our Survey", "our-dr2")).rejects.toMatchObject({ code: "BAD_INPUT" });
  expect(await ingest(mappingOf("our"), FIRST)).toMatchObject([
    { status: "failed" },
    { error: expect.stringContaining("is an alias of the catalogue 'our-dr2'") },
  ]);
  await expect(plannedRemoval(database, "our")).rejects.toThrow("'our' is an alias of 'our-dr2'");
  expect(await removeAlias(database, "our")).toEqual({ alias: "our", from: "our-dr2", to: null });
  await expect(removeAlias(database, "our")).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a removed catalogue takes everything of its own along and nothing of another", async () => {
  await ingest(mappingOf("gone"), FIRST);
  await ingest(mappingOf("stays"), FIRST);
  await setAlias(database, "its-alias", "gone");
  const other = await stored("stays");
  const { id } = await catalogueNamed(database, "gone");
  await database.script(`INSERT INTO light_curve (release, source_id, catalogue_id, band, time, mag, mag_error) VALUES (3, 1, ${id}, 'G', '{1}', '{12}', '{}');
    INSERT INTO variability (release, source_id, catalogue_id, band, method) VALUES (3, 1, ${id}, 'G', 'computed')`);
  const planned = await plannedRemoval(database, "gone");
  expect(planned.contents).toEqual({
    objects: 3,
    crossmatches: 2,
    photometry: 3,
    labels: 3,
    furtherLabels: 2,
    lightCurves: 1,
    variability: 1,
    spectra: 0,
  });
  expect(await removeCatalogue(database, "gone")).toEqual(planned);
  await expect(catalogueNamed(database, "its-alias")).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(Object.values(await catalogueContents(database, id))).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  expect(await stored("stays")).toEqual(other);
  expect((await lastIngests(database, 9, ["gone"])).map(({ status }) => status)).toEqual(["removed", "removed"]);
});

test("what a model learned from is removed only by force", async () => {
  await ingest(mappingOf("learned-from"), FIRST);
  await database.script(`INSERT INTO model (name, recipe) VALUES ('ours', 'study');
    INSERT INTO model_version (model_name, version, manifest, sha256, manifest_sha256, bytes, synthetic)
      VALUES ('ours', 1, '{"data": {"labels": [{"from": "learned-from"}]}}', '', '', 0, false), ('ours', 2, '{"data": "learned-from-all"}', '', '', 0, false)`);
  await expect(removeCatalogue(database, "learned-from")).rejects.toThrow("The manifests of ours@1 name 'learned-from'");
  expect(await removeCatalogue(database, "learned-from", true)).toMatchObject({ models: ["ours@1"] });
});
