import { pixelAt, sourceIdOf } from "../../src/science/sky/healpix";
import type { App } from "../../src/server/app";
import { type Ask, openApi } from "../support/api";
import { openServices } from "../support/api-services";

const ids = [0, 1, 2, 3].map((star) => sourceIdOf(pixelAt(star / 3600, 0), star, 0));
let services: Awaited<ReturnType<typeof openServices>>;
let app: App;
let ask: Ask;
beforeAll(async () => {
  services = await openServices();
  // One arcsec apart along the equator from ra = 0; the second moves 100 arcsec northward in 100 years.
  await services.database.query(
    `INSERT INTO star (release, source_id, ra, dec, pmdec, phot_g_mean_mag)
     SELECT 3, id, (n - 1) / 3600.0, 0, CASE WHEN n = 2 THEN 1000 END, n FROM unnest($1::int8[]) WITH ORDINALITY AS t (id, n)`,
    [ids],
  );
  ({ app, ask } = await openApi(services));
});
afterAll(async () => {
  await app.close();
  await services.close();
});

const EDGES = "edges { distanceArcsec cursor node { sourceId } } pageInfo { hasNextPage hasPreviousPage endCursor }";
const idsOf = (list: readonly number[]) => list.map((index) => ids[index]!.toString());

test("a cone is read page by page, nearest first", async () => {
  const query = `query ($after: String) { coneSearch(ra: 360, dec: 0, radiusArcsec: 2.5, first: 2, after: $after) { ${EDGES} } }`;
  const first = await ask(query);
  expect(first.errors).toEqual([]);
  expect(first.data?.coneSearch?.edges?.map((edge) => edge.node?.sourceId)).toEqual(idsOf([0, 1]));
  expect(first.data?.coneSearch?.edges?.[1]?.distanceArcsec).toBeCloseTo(1, 9);
  expect(first.data?.coneSearch?.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
  const second = await ask(query, { after: first.data?.coneSearch?.pageInfo?.endCursor });
  expect(second.data?.coneSearch?.edges?.map((edge) => edge.node?.sourceId)).toEqual(idsOf([2]));
  expect(second.data?.coneSearch?.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
});

test("at another epoch a star is found where it is then, and its record stays as the catalogue has it", async () => {
  const { data, errors } =
    await ask(`{ coneSearch(ra: 0, dec: 0.02777777, radiusArcsec: 5, epoch: 2100) { edges { ra dec node { sourceId } } }
    then: coneSearch(ra: 0, dec: 0.0233333333, radiusArcsec: 5, epoch: 2100) { edges { distanceArcsec ra dec node { sourceId dec } } } }`);
  expect(errors).toEqual([]);
  expect(data?.coneSearch?.edges).toHaveLength(0);
  expect(data?.then?.edges?.[0]).toMatchObject({ node: { sourceId: idsOf([1])[0], dec: 0 } });
  expect(data?.then?.edges?.[0]?.dec).toBeCloseTo(84 / 3600, 7);
});

test("boxes, polygons and the nearest stars are found, with a filter where one is given", async () => {
  const { data, errors } = await ask(`{
    boxSearch(raMin: 359.9, raMax: 0.0004, decMin: -0.1, decMax: 0.1) { nodes { sourceId } }
    polygonSearch(vertices: [{ ra: 359.9, dec: -0.1 }, { ra: 0.1, dec: -0.1 }, { ra: 0, dec: 0.1 }], filter: { photGMeanMag: { min: 3 } }) { nodes { photGMeanMag } }
    nearest(ra: 0.001, dec: 0, limit: 2) { distanceArcsec node { sourceId } } }`);
  expect(errors).toEqual([]);
  expect(data?.boxSearch?.nodes?.map((star) => star.sourceId).toSorted()).toEqual(idsOf([0, 1]).toSorted());
  expect(data?.polygonSearch?.nodes).toHaveLength(2);
  expect(data?.nearest?.map((one) => one.node?.sourceId)).toEqual(idsOf([3, 2]));
});

test.each([
  ["a cone of 11 degrees", "coneSearch(ra: 0, dec: 0, radiusArcsec: 39600) { nodes { ra } }"],
  ["a dec of 91", "coneSearch(ra: 0, dec: 91, radiusArcsec: 1) { nodes { ra } }"],
  ["a page of a million", "coneSearch(ra: 0, dec: 0, radiusArcsec: 1, first: 1000000) { nodes { ra } }"],
  ["an epoch of 1000", "nearest(ra: 0, dec: 0, epoch: 1000) { ra }"],
  ["a cursor that is none", 'coneSearch(ra: 0, dec: 0, radiusArcsec: 1, after: "WzFd") { nodes { ra } }'],
  ["a bow tie", "polygonSearch(vertices: [{ra:0,dec:0},{ra:1,dec:1},{ra:1,dec:0},{ra:0,dec:1}]) { nodes { ra } }"],
])("%s is refused", async (_what, field) => {
  const { errors } = await ask(`{ ${field} }`);
  expect(errors[0]?.extensions.code).toMatch(/^(BAD_INPUT|QUERY_TOO_COSTLY)$/);
});

test("a cursor of another centre is refused", async () => {
  const { data } = await ask(`{ coneSearch(ra: 0, dec: 0, radiusArcsec: 5) { ${EDGES} } }`);
  const { errors } = await ask("query ($after: String) { coneSearch(ra: 1, dec: 0, radiusArcsec: 5, after: $after) { nodes { ra } } }", {
    after: data?.coneSearch?.pageInfo?.endCursor,
  });
  expect(errors[0]).toMatchObject({ extensions: { code: "BAD_INPUT" } });
});
