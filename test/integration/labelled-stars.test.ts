import { type LabelledStarsRequest } from "../../src/catalogue/labels/label-cuts";
import { type LabelledObject, labelledStars } from "../../src/catalogue/labels/labelled-stars";
import type { Database } from "../../src/database/database";
import { openTestDatabase } from "../support/database";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  // 12,000 objects of 6,000 stars, two a star: more than two statements read.
  await database.script(`
    INSERT INTO star (release, source_id, ra, dec, phot_g_mean_mag) SELECT 3, id, 1, 1, 10 + id % 10 FROM generate_series(1, 6000) id;
    INSERT INTO catalogue (id, name, title, bands) VALUES (7, 'our-survey-dr1', 'Ours', '{}'), (8, 'other', 'Another', '{}');
    INSERT INTO catalogue_alias VALUES ('our-survey', 7);
    INSERT INTO catalogue_label (id, catalogue_id, name, unit) VALUES (1, 7, 'mgFe', 'dex'), (2, 7, 'chi2', NULL), (3, 8, 'mgFe', 'dex');
    INSERT INTO survey_label (catalogue_id, object_id, release, source_id, teff, teff_error, teff_flag, snr, flags)
      SELECT 7, 'o' || lpad(n::text, 5, '0'), 3, n / 2, 4000 + n % 2, 50, n % 4, n % 100, n % 2 FROM generate_series(2, 12001) n;
    INSERT INTO survey_label (catalogue_id, object_id, teff) VALUES (7, 'unmatched', 5000);
    INSERT INTO survey_label (catalogue_id, object_id, release, source_id, teff) VALUES (7, 'no-star', 3, 999999, 5000), (8, 'x', 3, 1, 9000);
    INSERT INTO survey_label_value (catalogue_id, object_id, label_id, release, source_id, value, error, flag)
      SELECT 7, object_id, 1, release, source_id, 0.25, 0.125, source_id % 2 FROM survey_label WHERE catalogue_id = 7 AND source_id <= 10;
    ANALYZE`);
});
afterAll(() => database.close());

const REQUEST: LabelledStarsRequest = { catalogue: "our-survey", labels: ["teff", "MG_FE"], release: 3 };

async function read(request: Partial<LabelledStarsRequest>): Promise<LabelledObject[]> {
  const objects: LabelledObject[] = [];
  for await (const some of (await labelledStars(database, { ...REQUEST, ...request })).objects()) objects.push(...some);
  return objects;
}

test("every object comes once, by source_id, with its labels, errors and bits", async () => {
  const objects = await read({});
  expect(objects).toHaveLength(12_000);
  expect(objects[0]).toEqual({
    sourceId: 1n,
    objectId: "o00002",
    values: [4000, 0.25],
    errors: [50, 0.125],
    labelFlags: [2n, 1n],
    snr: 2,
    flags: 0n,
  });
  expect(objects[11_999]).toMatchObject({ sourceId: 6000n, objectId: "o12001", values: [4001, null], errors: [50, null] });
  const order = objects.map(({ sourceId, objectId }) => `${String(sourceId).padStart(6, "0")} ${objectId}`);
  expect(order).toEqual([...new Set(order)].sort());
});

test("each cut tells how many objects it leaves", async () => {
  const where = { snr: { min: 50 }, flags: 0, teffFlag: { noneOf: 2 } };
  const stars = await labelledStars(database, { ...REQUEST, where, filter: { photGMeanMag: { max: 14 } } });
  expect(stars.catalogue.name).toBe("our-survey-dr1");
  expect(stars.labels.map(({ name, unit }) => [name, unit])).toEqual([
    ["teff", "K"],
    ["mgFe", "dex"],
  ]);
  const cuts = await stars.cuts();
  expect(cuts).toEqual([
    { name: "objects with labels of our-survey-dr1", kept: 12_002, lost: 0 },
    { name: "matched to a source of DR3", kept: 12_001, lost: 1 },
    { name: "the source is among the stars", kept: 12_000, lost: 1 },
    { name: "any of teff, mgFe", kept: 12_000, lost: 0 },
    { name: 'snr: {"min":50}', kept: 6000, lost: 6000 },
    { name: "flags: 0", kept: 3000, lost: 3000 },
    { name: 'teffFlag: {"noneOf":2}', kept: 1440, lost: 1560 },
    { name: 'photGMeanMag: {"max":14}', kept: 720, lost: 720 },
  ]);
  const objects = await read({ where, filter: { photGMeanMag: { max: 14 } } });
  expect(objects).toHaveLength(720);
  expect(objects.every(({ snr, flags }) => snr! >= 50 && flags === 0n)).toBe(true);
});

test("all of the labels may be required, and a label of the survey filtered by", async () => {
  expect(await read({ require: "all" })).toHaveLength(20);
  expect(await read({ where: { mgFe: { min: 0.2 }, mgFeFlag: 0 } })).toHaveLength(10);
  expect(await read({ filter: { surveyLabel: { survey: "our-survey", label: "mgFe" } }, where: { teffError: 50 } })).toHaveLength(20);
});

test.each<[string, Partial<LabelledStarsRequest>, string]>([
  ["an unknown catalogue", { catalogue: "nope" }, "There are: other, our-survey-dr1, our-survey."],
  ["a label that the survey does not give", { labels: ["aLi"] }, "gives no label 'aLi'. It gives: teff, snr, chi2, mgFe."],
  ["no label", { labels: [] }, "at least one label"],
  ["a condition on what is not there", { where: { quality: 0 } }, "gives no label 'quality'"],
  ["the error of what has none", { where: { snrError: { max: 1 } } }, "'snr' has no error"],
  ["bits of a number", { where: { snr: { noneOf: 1 } } }, "'noneOf' is for bits"],
  ["a fraction of a bit", { where: { flags: 0.5 } }, "whole number"],
  ["an empty range", { where: { snr: {} } }, "neither min nor max"],
])("%s is refused before anything is read", async (_name, request, message) => {
  await expect(labelledStars(database, { ...REQUEST, ...request })).rejects.toThrow(message);
});
