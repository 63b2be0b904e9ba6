import { catalogueNamed } from "../../src/catalogue/catalogue";
import { lastIngests } from "../../src/catalogue/ingest/ingest-record";
import { removeAlias, setAlias } from "../../src/catalogue/life/alias";
import { catalogueContents } from "../../src/catalogue/life/catalogue-contents";
import { plannedRemoval, removeCatalogue } from "../../src/catalogue/life/remove-catalogue";
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

const { ingest, stored } = deliveries(() => database, folder);

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

test("a model that learned from a table keeps no catalogue of the same name", async () => {
  await ingest(mappingOf("of-a-table"), FIRST);
  await setAlias(database, "same-name", "of-a-table");
  await database.script(`INSERT INTO model (name, recipe) VALUES ('same-name', 'same-name');
    INSERT INTO model_version (model_name, version, manifest, sha256, manifest_sha256, bytes, synthetic) VALUES ('same-name', 1,
      '{"model": "same-name", "recipe": "same-name", "data": {"path": "table.csv", "layout": "of-a-table"}}', '', '', 0, false)`);
  expect(await plannedRemoval(database, "of-a-table")).toMatchObject({ models: [] });
  await database.script(`UPDATE model_version SET manifest = jsonb_set(manifest, '{data,path}', 'null') WHERE model_name = 'same-name'`);
  expect(await plannedRemoval(database, "of-a-table")).toMatchObject({ models: ["same-name@1"] });
});
