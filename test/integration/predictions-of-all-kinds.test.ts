import { storeClasses } from "../../src/catalogue/predicted/predicted-class";
import { pixelAt, sourceIdOf } from "../../src/science/sky/healpix";
import type { App } from "../../src/server/app";
import { type Ask, type Data, openApi } from "../support/api";
import { openServices, type TestServices } from "../support/api-services";
import { insertStars } from "../support/stars";
import { MIXED_CLASSES, registerMixed, storeMixed } from "../support/stored-kinds";

let services: TestServices;
let app: App;
let ask: Ask;
let url: string;

beforeAll(async () => {
  services = await openServices();
  await insertStars(services.database, 8, 1000);
  await storeMixed(services.database, await registerMixed(services.registry));
  ({ app, ask, url } = await openApi(services));
});
afterAll(async () => {
  await app.close();
  await services.close();
});

const ids = (stars: Data | undefined): string[] | undefined => stars?.map(({ sourceId }) => sourceId as unknown as string);
const STARS =
  "query($filter: StarFilter, $order: StarOrder, $after: String) { stars(first: 3, filter: $filter, order: $order, after: $after) { nodes { sourceId } pageInfo { endCursor } totalCount(exactUpTo: 100) { stars } } }";

test("labels, classes and vectors that a backfill stored are one prediction", async () => {
  const { data, errors } = await ask(
    `{ star(sourceId: 1004) { prediction(model: "mixed") { stored labels { parameter value } vectors { name }
       classes { name value probability probabilities { class probability } flags } } }
       other: star(sourceId: 1003) { prediction(model: "mixed") { vectors { name values flags } } } }`,
  );
  expect(errors).toEqual([]);
  expect(data?.star?.prediction).toEqual({
    stored: true,
    labels: [
      { parameter: "teff", value: 5040 },
      { parameter: "feh", value: -1 },
    ],
    vectors: [],
    classes: [
      {
        name: "variableType",
        value: "RRc",
        probability: 0.75,
        probabilities: MIXED_CLASSES.map((name, index) => ({ class: name, probability: index === 1 ? 0.75 : 0.125 })),
        flags: ["INPUT_MISSING"],
      },
    ],
  });
  expect(data?.other?.prediction?.vectors).toEqual([{ name: "embedding", values: [3, 0, 0.5], flags: [] }]);
});

test("stars are filtered and ordered by what a model predicts, page by page", async () => {
  const filter = { predictedLabel: { model: "mixed", label: "teff", max: 5040 } };
  const order = { predictedLabel: { model: "mixed", label: "teff" }, direction: "DESC" };
  const first = await ask(STARS, { filter, order });
  expect(first.errors).toEqual([]);
  expect(ids(first.data?.stars?.nodes)).toEqual(["1004", "1003", "1002"]);
  expect(first.data?.stars?.totalCount).toEqual({ stars: 5 });
  const next = await ask(STARS, { filter, order, after: first.data?.stars?.pageInfo?.endCursor });
  expect(ids(next.data?.stars?.nodes)).toEqual(["1001", "1000"]);
});

test("a class is found by name, and only where no named flag is set", async () => {
  const predictedClass = { model: "mixed", class: "RRc", minProbability: 0.5 };
  expect(ids((await ask(STARS, { filter: { predictedClass } })).data?.stars?.nodes)).toEqual(["1001", "1004"]);
  const clean = { ...predictedClass, withoutFlags: ["INPUT_MISSING"] };
  expect(ids((await ask(STARS, { filter: { predictedClass: clean } })).data?.stars?.nodes)).toEqual(["1001"]);
  const odd = { model: "mixed", output: "variableType", class: MIXED_CLASSES[2] };
  expect(ids((await ask(STARS, { filter: { predictedClass: odd } })).data?.stars?.nodes)).toEqual(["1002", "1005"]);
});

test("regions hold the same condition", async () => {
  const sourceId = sourceIdOf(pixelAt(200, 45), 1, 0);
  await services.database.query("INSERT INTO star (release, source_id, ra, dec) VALUES (3, $1, 200, 45), (3, $2, 200, 45)", [
    sourceId,
    sourceId + 128n,
  ]);
  const { id: modelVersionId } = await services.registry.resolve("mixed");
  const said = { release: 3, modelVersionId, output: "variableType", probability: 1, probabilities: [0, 1, 0], flags: 0 };
  await storeClasses(services.database, [
    { ...said, sourceId, class: "RRc" },
    { ...said, sourceId: sourceId + 128n, class: "RRab" },
  ]);
  const filter = 'filter: { predictedClass: { model: "mixed", class: "RRc" } }';
  const { data, errors } = await ask(`{
    coneSearch(ra: 200, dec: 45, radiusArcsec: 5, ${filter}) { nodes { sourceId } totalCount(exactUpTo: 10) { stars } }
    boxSearch(raMin: 199, raMax: 201, decMin: 44, decMax: 46, ${filter}) { nodes { sourceId } }
    polygonSearch(vertices: [{ ra: 199, dec: 44 }, { ra: 201, dec: 44 }, { ra: 200, dec: 47 }], ${filter}) { nodes { sourceId } }
    nearest(ra: 200, dec: 45, limit: 5, ${filter}) { node { sourceId } } }`);
  await services.database.query("DELETE FROM star WHERE source_id = ANY($1::int8[])", [[sourceId, sourceId + 128n]]);
  expect(errors).toEqual([]);
  const found = [{ sourceId: String(sourceId) }];
  expect(data?.coneSearch).toEqual({ nodes: found, totalCount: { stars: 1 } });
  expect([data?.boxSearch?.nodes, data?.polygonSearch?.nodes, data?.nearest?.map(({ node }) => node)]).toEqual([found, found, found]);
});

test.each([
  [{ predictedLabel: { model: "mixed", label: "logg" } }, "mixed@1 predicts teff, feh, not 'logg'"],
  [{ predictedLabel: { model: "none", label: "teff" } }, "There is no model 'none'"],
  [{ predictedLabel: { model: "mixed@champion'; DROP TABLE star; --", label: "teff" } }, "After 'mixed@'"],
  [{ predictedClass: { model: "mixed", class: "RRd" } }, "The classes of variableType by mixed@1 are RRab, RRc"],
  [{ predictedClass: { model: "mixed", class: "RRc", output: "colour" } }, "There is no 'colour'"],
  [{ predictedClass: { model: "mixed", class: "RRc", minProbability: 2 } }, "from 0 to 1"],
  [{ or: [{ predictedLabel: { model: "mixed", label: "teff", min: 2, max: 1 } }] }, "min 2 is above max 1"],
] as const)("the filter %j is refused in words", async (filter, message) => {
  const { errors } = await ask(STARS, { filter });
  expect(errors[0]?.message).toContain(message);
});

test("an order by two predictions is refused", async () => {
  const order = { predictedLabel: { model: "mixed", label: "teff" }, predictedClass: { model: "mixed", class: "RRc" } };
  expect((await ask(STARS, { order })).errors[0]?.message).toContain("ordered by one thing");
});

test("stars like a star come nearest first, with their distance and what is known of them", async () => {
  const { data, errors } = await ask(
    `{ starsByIds(sourceIds: [1001, 1004]) { similar(model: "mixed", first: 3) { distance node { sourceId prediction(model: "mixed") { labels { value } } } } } }`,
  );
  expect(errors).toEqual([]);
  expect(data?.starsByIds?.[0]?.similar).toEqual([
    { distance: 1, node: { sourceId: "1000", prediction: { labels: [{ value: 5000 }, { value: 0 }] } } },
    { distance: 1, node: { sourceId: "1002", prediction: { labels: [{ value: 5020 }, { value: -0.5 }] } } },
    { distance: 2, node: { sourceId: "1003", prediction: { labels: [{ value: 5030 }, { value: -0.75 }] } } },
  ]);
  expect(data?.starsByIds?.[1]?.similar).toBeNull();
});

test("stars near a given vector are found, and a vector of another length is refused", async () => {
  const near = (vector: readonly number[]) =>
    ask(
      'query($vector: [Float!]!) { similarStars(model: "mixed", vector: $vector, first: 2, exact: true) { distance node { sourceId } } }',
      { vector },
    );
  expect((await near([5, 0, 0])).data?.similarStars).toEqual([
    { distance: 0.5, node: { sourceId: "1005" } },
    { distance: expect.closeTo(Math.hypot(2, 0.5), 5), node: { sourceId: "1003" } },
  ]);
  expect((await near([5, 0])).errors[0]?.message).toContain("the 3 numbers that 'embedding' has, not 2");
});

const GET = (query: string, tag = "") =>
  fetch(`${url}/graphql?${new URLSearchParams({ query })}`, { headers: { "apollo-require-preflight": "1", "if-none-match": tag } });

test("the tags of answers and exports, and the cursors, change when another version becomes the champion", async () => {
  const query = '{ stars(filter: { predictedLabel: { model: "mixed", label: "teff", min: 5500 } }) { nodes { sourceId } } }';
  const filter = JSON.stringify({ predictedLabel: { model: "mixed", label: "teff", min: 5500 } });
  const exported = (tag = "") => fetch(`${url}/export/stars?${new URLSearchParams({ filter })}`, { headers: { "if-none-match": tag } });
  const order = { predictedLabel: { model: "mixed", label: "teff" } };
  const page = await ask(STARS, { order });
  const second = await registerMixed(services.registry);
  await storeMixed(services.database, second, 6, 1000);
  const [answer, file] = [await GET(query), await exported()];
  expect(await answer.json()).toMatchObject({ data: { stars: { nodes: [] } } });
  expect((await file.text()).trim().split("\n")).toHaveLength(1);
  expect((await GET(query, answer.headers.get("etag")!)).status).toBe(304);
  expect((await exported(file.headers.get("etag")!)).status).toBe(304);
  await services.database.query("UPDATE model_alias SET version_id = $1 WHERE alias = 'champion' AND model_name = 'mixed'", [second.id]);
  const [newAnswer, newFile] = [await GET(query, answer.headers.get("etag")!), await exported(file.headers.get("etag")!)];
  expect(((await newAnswer.json()) as { data: { stars: { nodes: unknown[] } } }).data.stars.nodes).toHaveLength(6);
  expect((await newFile.text()).trim().split("\n")).toHaveLength(7);
  const gone = await ask(STARS, { order, after: page.data?.stars?.pageInfo?.endCursor });
  expect(gone.errors[0]?.message).toContain("another order");
});
