import { meantSurveyOrder } from "../../src/catalogue/labels/survey-order";
import type { StarKey, StarOrder } from "../../src/catalogue/page-order";
import { starPage } from "../../src/catalogue/star-page";
import type { Parameter, Queries } from "../../src/database/database";
import { openApi } from "../support/api";
import { openServices } from "../support/api-services";

const STARS = 3000;
/** Of another release, for plans: of fewer PostgreSQL would rather read the whole table. */
const MANY = 30_000;
let services: Awaited<ReturnType<typeof openServices>>;
let api: Awaited<ReturnType<typeof openApi>>;

// Values that many stars share, stars without a value, and every seventh star twice, its second object with another value.
beforeAll(async () => {
  services = await openServices();
  await services.database.script(`
    INSERT INTO star (release, source_id, ra, dec) SELECT 3, id, 1, 1 FROM generate_series(1, ${STARS}) id;
    INSERT INTO catalogue (id, name, title, bands) VALUES (7, 'ours-dr2', 'Ours', '{}'), (8, 'theirs', 'Theirs', '{}');
    INSERT INTO catalogue_alias (alias, catalogue_id) VALUES ('ours', 7);
    INSERT INTO catalogue_label (id, catalogue_id, name, unit) VALUES (1, 7, 'mgFe', 'dex'), (2, 8, 'activity', NULL);
    INSERT INTO survey_label (catalogue_id, object_id, release, source_id, teff)
      SELECT 7, 'a' || id, 3, id, CASE WHEN id % 5 > 0 THEN 4000 + id * 7919 % 50 * 20 END FROM generate_series(1, ${STARS}) id;
    INSERT INTO survey_label (catalogue_id, object_id, release, source_id, teff)
      SELECT 7, 'b' || id, 3, id, 4000 + id * 31 % 50 * 20 FROM generate_series(7, ${STARS}, 7) id;
    INSERT INTO survey_label (catalogue_id, object_id, release, source_id, teff) SELECT 8, id, 3, id, 3000 FROM generate_series(1, 50) id;
    INSERT INTO survey_label (catalogue_id, object_id, release, source_id, teff) VALUES (7, 'c', NULL, NULL, 1), (7, 'd', 2, 9, 2), (7, 'e', 3, 999999, 3);
    INSERT INTO survey_label_value (catalogue_id, object_id, label_id, release, source_id, value)
      SELECT catalogue_id, object_id, 1, release, source_id, teff / 1000 FROM survey_label WHERE catalogue_id = 7 AND teff IS NOT NULL;
    INSERT INTO star (release, source_id, ra, dec) SELECT 2, id, 1, 1 FROM generate_series(1, ${MANY}) id;
    INSERT INTO catalogue (id, name, title, bands) VALUES (9, 'many', 'Many', '{}');
    INSERT INTO catalogue_label (id, catalogue_id, name, unit) VALUES (3, 9, 'mgFe', 'dex');
    INSERT INTO survey_label (catalogue_id, object_id, release, source_id, teff) SELECT 9, id, 2, id, 4000 + id % 1000 FROM generate_series(1, ${MANY}) id;
    INSERT INTO survey_label_value (catalogue_id, object_id, label_id, release, source_id, value)
      SELECT 9, id, 3, 2, id, 4 + id % 1000 / 1000.0 FROM generate_series(1, ${MANY}) id;
    ANALYZE`);
  api = await openApi(services);
});
afterAll(async () => {
  await api.app.close();
  await services.close();
});

const order = async (label: string, direction: "ASC" | "DESC", survey = "ours"): Promise<StarOrder> => ({
  by: "sourceId",
  direction,
  surveyLabel: await meantSurveyOrder(services.database, { survey, label }),
});

/** Where a star stands: by the first of its objects in the order, those without a value last. */
async function byHand(direction: 1 | -1): Promise<bigint[]> {
  const rows = await services.database.query<{ id: bigint; teff: number }>(
    "SELECT source_id AS id, teff FROM survey_label WHERE catalogue_id = 7 AND release = 3 AND teff IS NOT NULL",
  );
  const first = new Map<number, number>();
  for (const { id, teff } of rows) {
    const known = first.get(Number(id));
    if (known === undefined || direction * (teff - known) < 0) first.set(Number(id), teff);
  }
  const ids = Array.from({ length: STARS }, (_, index) => index + 1);
  const last = direction * Number.POSITIVE_INFINITY;
  const place = (id: number) => first.get(id) ?? last;
  return ids.toSorted((a, b) => (place(a) === place(b) ? 0 : direction * (place(a) - place(b))) || direction * (a - b)).map(BigInt);
}

async function allPages(by: StarOrder, first: number): Promise<bigint[]> {
  const keys: StarKey[] = [];
  for (let after: StarKey | null = null; ; after = keys.at(-1)!) {
    const page = await starPage(services.database, { release: 3, filter: {}, order: by, after, first });
    keys.push(...page.keys);
    if (!page.hasNext) return keys.map(({ sourceId }) => sourceId);
  }
}

test.each(["teff", "mgFe"])("pages by %s, put together, are all stars once, as a sort by hand has them", async (label) => {
  expect(await allPages(await order(label, "ASC"), 97)).toEqual(await byHand(1));
  expect(await allPages(await order(label, "DESC"), 97)).toEqual(await byHand(-1));
});

test("a filter holds beside the order", async () => {
  const filter = { surveyLabel: { survey: "theirs", label: "teff" } } as const;
  const page = await starPage(services.database, { release: 3, filter, order: await order("teff", "ASC"), after: null, first: 100 });
  expect(page.keys.map(({ sourceId }) => sourceId)).toEqual((await byHand(1)).filter((id) => id <= 50n));
});

/** The plan of what a page with values asks, and the most rows that one of its nodes read. */
async function planOf(label: string, direction: "ASC" | "DESC", after: StarKey | null) {
  let plan = "";
  const { database } = services;
  const explained: Queries = {
    ...database,
    async prepared(name: string, sql: string, parameters: readonly Parameter[]) {
      const rows = await database.query<{ "QUERY PLAN": string }>(`EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) ${sql}`, parameters);
      plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
      return database.prepared(name, sql, parameters);
    },
  };
  await starPage(explained, { release: 2, filter: {}, order: await order(label, direction, "many"), after, first: 10 });
  const read = [...plan.matchAll(/rows=(\d+)(?:\.\d+)? loops=(\d+)/g)].map(([, rows, loops]) => Number(rows) * Number(loops));
  return { plan, most: Math.max(...read) };
}

test.each([
  ["teff", "ASC", null, /using survey_label_teff/],
  ["teff", "DESC", null, /Backward using survey_label_teff/],
  ["teff", "ASC", { value: 4500, sourceId: 1n }, /using survey_label_teff/],
  ["mgFe", "DESC", { value: 4.5, sourceId: 1n }, /Backward using survey_label_value_value/],
] as const)("a page by %s %s behind %j walks along the index of its values", async (label, direction, after, index) => {
  const { plan, most } = await planOf(label, direction, after);
  expect(plan).toMatch(index);
  expect(plan).toMatch(/Incremental Sort/);
  expect(plan).not.toMatch(/Seq Scan/);
  // Thirty objects share each value: the walk reads the objects of two or three values.
  expect(most).toBeLessThan(MANY / 200);
});

const PAGE = `query ($order: StarOrder!, $after: String) { stars(first: 3, order: $order, after: $after) {
  nodes { sourceId } pageInfo { endCursor } } }`;

test("GraphQL orders by a survey's label, named by an alias, and its cursor holds for the catalogue that was meant", async () => {
  const by = { surveyLabel: { survey: "ours", label: "MG_FE" }, direction: "ASC" };
  const expected = (await byHand(1)).map(String);
  const first = (await api.ask(PAGE, { order: by })).data!.stars as unknown as {
    nodes: { sourceId: string }[];
    pageInfo: { endCursor: string };
  };
  expect(first.nodes.map(({ sourceId }) => sourceId)).toEqual(expected.slice(0, 3));
  const after = first.pageInfo.endCursor;
  const second = (await api.ask(PAGE, { order: { ...by, surveyLabel: { survey: "ours-dr2", label: "mgFe" } }, after })).data!.stars;
  expect((second as unknown as typeof first).nodes.map(({ sourceId }) => sourceId)).toEqual(expected.slice(3, 6));
  const other = await api.ask(PAGE, { order: { ...by, surveyLabel: { survey: "theirs", label: "teff" } }, after });
  expect(other.errors?.[0]?.extensions?.code).toBe("BAD_INPUT");
});

test.each([
  [{ surveyLabel: { survey: "nobody", label: "teff" } }, "NOT_FOUND", "There is no catalogue 'nobody'"],
  [{ surveyLabel: { survey: "ours", label: "activity" } }, "NOT_FOUND", "gives no label 'activity'"],
  [{ surveyLabel: { survey: "ours", label: "teff" }, predictedLabel: { model: "demo", label: "teff" } }, "BAD_INPUT", "one thing"],
])("the order %j is refused", async (by, code, message) => {
  const { errors } = await api.ask(PAGE, { order: by });
  expect(errors?.[0]).toMatchObject({ extensions: { code }, message: expect.stringContaining(message) });
});
