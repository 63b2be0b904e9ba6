import { UNEXPLAINED } from "../../src/catalogue/bulk/about";
import { countStars } from "../../src/catalogue/count/count-stars";
import { planExport } from "../../src/catalogue/export/statement";
import type { StarKey, StarOrder } from "../../src/catalogue/page-order";
import type { PredictedFilters } from "../../src/catalogue/predicted/predicted-filter";
import { searchRegion } from "../../src/catalogue/region/region-search";
import type { StarFilter } from "../../src/catalogue/star-filter";
import { starPage } from "../../src/catalogue/star-page";
import type { Database } from "../../src/database/database";
import { box, cone } from "../../src/science/sky/sky-region";
import { openTestDatabase } from "../support/database";
import { CENTRE, CLASSES, insertPredictedStars, type PredictedStars, predictedStars } from "../support/predicted-stars";

const [VERSION, OTHER, STARS] = [4, 5, 1500];
let database: Database;
const stars: PredictedStars = predictedStars(STARS, VERSION, 3);

beforeAll(async () => {
  database = await openTestDatabase();
  await insertPredictedStars(database, stars, VERSION);
  // Another version says another thing of every star, which must never be found.
  await insertPredictedStars(database, { ...predictedStars(0, OTHER, 3), labels: [], classes: [] }, OTHER);
  const shifted = "INSERT INTO predicted_label SELECT 5, release, source_id, label, value + 1000, 0, 0 FROM predicted_label_v4";
  await database.script(`${shifted}; ANALYZE predicted_label`);
});
afterAll(() => database.close());

const label = (name: string, excludedFlags = 0) => ({
  ...{ model: "demo", label: name },
  meant: { versionId: VERSION, output: name, excludedFlags },
});
const ofClass = (name: string) => ({
  ...{ model: "demo", class: name },
  meant: { versionId: VERSION, output: "variableType", excludedFlags: 0 },
});
const ascending = (ids: readonly bigint[]) => ids.toSorted((a, b) => (a < b ? -1 : 1));

/** Each filter, and the stars that it should find by looking at all. */
const CASES: readonly (readonly [name: string, filter: PredictedFilters, wanted: () => readonly bigint[]])[] = [
  [
    "a range of a label",
    { predictedLabel: { ...label("feh"), min: -2, max: -1.5 } },
    () => stars.labels.filter((one) => one.label === "feh" && one.value >= -2 && one.value <= -1.5).map(({ sourceId }) => sourceId),
  ],
  [
    "a label with a small error",
    { predictedLabel: { ...label("teff"), max: 5000, maxUncertainty: 80 } },
    () => stars.labels.filter((one) => one.label === "teff" && one.value <= 5000 && one.uncertainty <= 80).map(({ sourceId }) => sourceId),
  ],
  [
    "a label without doubt",
    { predictedLabel: label("teff", 1) },
    () => stars.labels.filter((one) => one.label === "teff" && one.flags === 0).map(({ sourceId }) => sourceId),
  ],
  [
    "a class that is sure",
    { predictedClass: { ...ofClass("RRc"), minProbability: 0.75 } },
    () => stars.classes.filter((one) => one.class === "RRc" && one.probability >= 0.75).map(({ sourceId }) => sourceId),
  ],
  [
    "a class whose name would end a careless statement",
    { predictedClass: ofClass(CLASSES[2]) },
    () => stars.classes.filter((one) => one.class === CLASSES[2]).map(({ sourceId }) => sourceId),
  ],
];

describe.each(CASES)("%s", (_name, filter, wanted) => {
  const right = ascending(wanted());

  test("chooses the stars of pages", async () => {
    expect(right.length).toBeGreaterThan(10);
    const { keys } = await starPage(database, {
      ...{ release: 3, filter, after: null, first: STARS },
      order: { by: "sourceId", direction: "ASC" },
    });
    expect(keys.map(({ sourceId }) => sourceId)).toEqual(right);
  });

  test("chooses those of a count and of an export", async () => {
    expect(await countStars(database, { release: 3, filter }, STARS)).toEqual({ stars: right.length, relation: "EXACT" });
    const estimate = await countStars(database, { release: 3, filter }, 0);
    expect(estimate.stars / right.length).toBeGreaterThan(0.1);
    const plan = await planExport(
      database,
      { what: "stars", release: 3, filter, after: null, catalogue: null, version: null },
      UNEXPLAINED,
    );
    expect(await database.bulkRows(plan.count)).toEqual([[BigInt(right.length)]]);
  });

  test("chooses those of a cone and of a box", async () => {
    const search = { release: 3, filter, epoch: null, after: null, first: STARS } as const;
    const around = await searchRegion(database, { ...search, region: cone(CENTRE.raDeg, CENTRE.decDeg, 4) });
    expect(ascending(around.stars.map(({ sourceId }) => sourceId))).toEqual(right);
    const east = await searchRegion(database, { ...search, region: box(CENTRE.raDeg, CENTRE.raDeg + 4, -9, -1) });
    const eastern = right.filter((id) => stars.ra[stars.sourceIds.indexOf(id)]! >= CENTRE.raDeg);
    expect(ascending(east.stars.map(({ sourceId }) => sourceId))).toEqual(eastern);
  });
});

test("conditions on predictions join others with and and or", async () => {
  const rare: StarFilter = { predictedClass: ofClass(CLASSES[2]) };
  const poor: StarFilter = { predictedLabel: { ...label("feh"), max: -2.9 } };
  const both = await countStars(database, { release: 3, filter: { and: [rare, poor] } }, STARS);
  const either = await countStars(database, { release: 3, filter: { or: [rare, poor] } }, STARS);
  const [one, other] = [
    await countStars(database, { release: 3, filter: rare }, STARS),
    await countStars(database, { release: 3, filter: poor }, STARS),
  ];
  expect(either.stars).toBe(one.stars + other.stars - both.stars);
});

test.each([
  [{ predictedLabel: { ...label("feh"), min: 1, max: 0 } }, "predictedLabel feh: min 1 is above max 0"],
  [{ predictedLabel: { ...label("feh"), min: Number.NaN } }, "finite"],
  [{ predictedClass: { ...ofClass("RRc"), minProbability: 1.5 } }, "from 0 to 1"],
] as const)("%j is refused", async (filter, message) => {
  const asked = countStars(database, { release: 3, filter }, 10);
  await expect(asked).rejects.toMatchObject({ code: "BAD_INPUT", message: expect.stringContaining(message) });
});

/** The order's pages of 97 stars, one after the other. */
async function allPages(order: StarOrder, filter: StarFilter = {}): Promise<StarKey[]> {
  const keys: StarKey[] = [];
  for (let after: StarKey | null = null; ; after = keys.at(-1)!) {
    const page = await starPage(database, { release: 3, filter, order, after, first: 97 });
    keys.push(...page.keys);
    if (!page.hasNext) return keys;
  }
}

/** Stars by value, those without one last, ties by source_id. */
function sorted(valued: readonly (readonly [value: number, sourceId: bigint])[], direction: 1 | -1): bigint[] {
  const byId = (a: bigint, b: bigint) => (a < b ? -direction : direction);
  const first = valued.toSorted(([a, one], [b, other]) => direction * (a - b) || byId(one, other)).map(([, sourceId]) => sourceId);
  const known = new Set(first);
  return [...first, ...stars.sourceIds.filter((id) => !known.has(id)).toSorted(byId)];
}

test.each([
  ["ASC", 1],
  ["DESC", -1],
] as const)("pages in the order of a predicted label (%s) have every star once", async (direction, sign) => {
  const keys = await allPages({ by: "sourceId", predictedLabel: label("teff"), direction });
  const values = stars.labels.filter((one) => one.label === "teff").map(({ value, sourceId }) => [value, sourceId] as const);
  expect(keys.map(({ sourceId }) => sourceId)).toEqual(sorted(values, sign));
});

test("pages in the order of a class begin with the surest stars", async () => {
  const keys = await allPages({ by: "sourceId", predictedClass: ofClass("RRc"), direction: "DESC" });
  const values = stars.classes.filter((one) => one.class === "RRc").map(({ probability, sourceId }) => [probability, sourceId] as const);
  expect(keys.map(({ sourceId }) => sourceId)).toEqual(sorted(values, -1));
});

test("a key that no real can hold is behind or before all", async () => {
  const order: StarOrder = { by: "sourceId", predictedLabel: label("teff"), direction: "ASC" };
  const beyond = await starPage(database, { release: 3, filter: {}, order, after: { value: 1e300, sourceId: 1n }, first: 1 });
  expect(beyond.keys[0]?.value).toBeNull();
});

test("a filter whose model was not looked up is a defect, not an answer", async () => {
  await expect(countStars(database, { release: 3, filter: { predictedLabel: { model: "demo", label: "teff" } } }, 1)).rejects.toThrow(
    "was not looked up",
  );
});
