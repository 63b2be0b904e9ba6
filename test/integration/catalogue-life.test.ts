import { readFileSync } from "node:fs";
import path from "node:path";
import { catalogueNamed } from "../../src/catalogue/catalogue";
import { exportToFile } from "../../src/catalogue/export/export-file";
import { lastIngests, provenance } from "../../src/catalogue/ingest/ingest-record";
import { countUnmatched, unmatchedObjects } from "../../src/catalogue/life/unmatched";
import type { Database } from "../../src/database/database";
import { openTestDatabase } from "../support/database";
import { deliveries, FIRST, mappingOf } from "../support/deliveries";
import { temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();
let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const { ingest, replace, stored } = deliveries(() => database, folder);

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
  const request = { what: "objects", release: 3, filter: {}, after: null, catalogue: "exported-survey", version: null } as const;
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
