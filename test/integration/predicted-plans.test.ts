import type { StarOrder } from "../../src/catalogue/page-order";
import { predictedClassesOf } from "../../src/catalogue/predicted/predicted-class";
import { predictionsOf } from "../../src/catalogue/prediction";
import { searchRegion } from "../../src/catalogue/region/region-search";
import type { StarFilter } from "../../src/catalogue/star-filter";
import { starPage } from "../../src/catalogue/star-page";
import { nearestVectors } from "../../src/catalogue/vectors/nearest-vectors";
import { indexVectors } from "../../src/catalogue/vectors/vector-index";
import { vectorStorage } from "../../src/catalogue/vectors/vector-storage";
import type { Database, Queries } from "../../src/database/database";
import { cone } from "../../src/science/sky/sky-region";
import { openTestDatabase } from "../support/database";
import { CENTRE, insertPredictedStars, predictedStars } from "../support/predicted-stars";

const [VERSION, STARS] = [4, 20_000];
let database: Database;

beforeAll(async () => {
  database = await openTestDatabase();
  await insertPredictedStars(database, predictedStars(STARS, VERSION, 4), VERSION);
  // A second version, so that one partition must be chosen.
  await insertPredictedStars(database, predictedStars(0, 5, 4), 5);
}, 120_000);
afterAll(() => database.close());

/** The plans of all statements that work sends, and how many rows their scans read at most. */
async function plansOf(work: (queries: Queries) => Promise<unknown>, on: Queries = database): Promise<string> {
  const plans: string[] = [];
  const explained: Queries = {
    ...on,
    async prepared(name, sql, parameters) {
      const rows = await on.query<{ "QUERY PLAN": string }>(`EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) ${sql}`, parameters);
      plans.push(...rows.map((row) => row["QUERY PLAN"]));
      return on.prepared(name, sql, parameters);
    },
  };
  await work(explained);
  return plans.join("\n");
}

/** The most rows that one node read, times how often it ran. */
const mostRows = (plan: string): number =>
  Math.max(...[...plan.matchAll(/rows=(\d+)(?:\.\d+)? loops=(\d+)/g)].map(([, rows, loops]) => Number(rows) * Number(loops)));

const meant = (output: string) => ({ versionId: VERSION, output, excludedFlags: 0 });
const label = (name: string) => ({ model: "demo", label: name, meant: meant(name) });
const BY_ID: StarOrder = { by: "sourceId", direction: "ASC" };
const page = (filter: StarFilter, order: StarOrder, first = 20) =>
  plansOf((queries) => starPage(queries, { release: 3, filter, order, after: null, first }));

const VALUE_INDEX = /Index (Only )?Scan (Backward )?using predicted_label_v4\w*value\w*_idx/;
const CLASS_INDEX = /(Index (Only )?Scan (Backward )?using|Bitmap Index Scan on) predicted_class_v4\w*class_pr\w*_idx/;

test.each(["ASC", "DESC"] as const)("a page in the order of a predicted label walks along its index (%s)", async (direction) => {
  const plan = await page({}, { by: "sourceId", predictedLabel: label("teff"), direction });
  expect(plan).toMatch(VALUE_INDEX);
  expect(plan).not.toMatch(/Sort|Seq Scan|_v5/);
  expect(mostRows(plan)).toBeLessThanOrEqual(30);
});

test("the next page goes on from its key", async () => {
  const order: StarOrder = { by: "sourceId", predictedLabel: label("teff"), direction: "ASC" };
  const plan = await plansOf((queries) =>
    starPage(queries, { release: 3, filter: {}, order, after: { value: 6500, sourceId: 1n }, first: 20 }),
  );
  expect(plan).toMatch(VALUE_INDEX);
  expect(mostRows(plan)).toBeLessThanOrEqual(30);
});

test("a page in the order of a class walks along its index", async () => {
  const order: StarOrder = {
    by: "sourceId",
    predictedClass: { model: "demo", class: "RRc", meant: meant("variableType") },
    direction: "DESC",
  };
  const plan = await page({}, order);
  expect(plan).toMatch(CLASS_INDEX);
  expect(mostRows(plan)).toBeLessThanOrEqual(30);
});

test("a rare value is found by value, not star by star", async () => {
  const plan = await page({ predictedLabel: { ...label("feh"), max: -2.998 } }, BY_ID);
  expect(plan).toMatch(/predicted_label_v4\w*value\w*_idx/);
  expect(mostRows(plan)).toBeLessThan(STARS / 50);
});

test("a common value is looked up along the order of the page", async () => {
  const plan = await page({ predictedLabel: { ...label("teff"), min: 4500 } }, BY_ID);
  expect(plan).not.toMatch(/Seq Scan/);
  expect(mostRows(plan)).toBeLessThan(STARS / 50);
});

test("a rare class is found by class", async () => {
  const plan = await page({ predictedClass: { model: "demo", class: "RRc", minProbability: 0.998, meant: meant("variableType") } }, BY_ID);
  expect(plan).toMatch(CLASS_INDEX);
  expect(mostRows(plan)).toBeLessThan(STARS / 20);
});

test("a region looks up the predictions of its own stars by key", async () => {
  const region = cone(CENTRE.raDeg, CENTRE.decDeg, 0.2);
  const filter: StarFilter = {
    predictedLabel: { ...label("teff"), min: 4500 },
    predictedClass: { model: "demo", class: "RRab", meant: meant("variableType") },
  };
  const plan = await plansOf((queries) => searchRegion(queries, { release: 3, region, filter, epoch: null, after: null, first: 100 }));
  expect(plan).toMatch(/using predicted_label_v4_pkey/);
  // Not left to estimates, by which whole partitions may be read for each range of ids.
  expect(plan).toMatch(/SubPlan/);
  expect(plan).not.toMatch(/Semi Join/);
  expect(plan).not.toMatch(/Seq Scan/);
  expect(mostRows(plan)).toBeLessThan(STARS / 20);
});

test("predictions of stars are read by key, whatever their kind", async () => {
  const ids = predictedStars(10, VERSION, 4).sourceIds;
  const plan = await plansOf(async (queries) => {
    await predictionsOf(queries, 3, ids, [VERSION]);
    await predictedClassesOf(queries, 3, ids, [VERSION]);
  });
  expect(plan).toMatch(/predicted_label_v4_pkey/);
  expect(plan).toMatch(/predicted_class_v4_pkey/);
  expect(plan).not.toMatch(/Seq Scan|_v5/);
});

test("the nearest vectors are found by the index once it is made, and by comparing all where it must be exact", async () => {
  const set = { versionId: VERSION, release: 3, output: "embedding", length: 4 } as const;
  if ((await vectorStorage(database)) === "array") return;
  await indexVectors(database, set, 1000);
  // So few vectors of four numbers are compared as quickly; of 100,000 of 64 the index is chosen without being made to.
  const nearest = (exact: boolean) =>
    database.transaction(async (on) => {
      await on.script("SET LOCAL enable_seqscan = off");
      return plansOf((queries) => nearestVectors({ transaction: (work) => work(queries) }, { ...set, of: [0, 0, 0, 0], k: 10, exact }), on);
    });
  expect(await nearest(false)).toMatch(/Index Scan using "?predicted_vector_v4_embedding_dr3"?/);
  expect(await nearest(true)).not.toMatch(/predicted_vector_v4_embedding_dr3/);
}, 120_000);
