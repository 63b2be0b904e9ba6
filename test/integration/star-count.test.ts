import { countStars } from "../../src/catalogue/count/count-stars";
import type { Database } from "../../src/database/database";
import { Random } from "../../src/science/random";
import { pixelAt, sourceIdOf } from "../../src/science/sky/healpix";
import { areaOf } from "../../src/science/sky/region-area";
import { polygon } from "../../src/science/sky/sky-polygon";
import { box, cone } from "../../src/science/sky/sky-region";
import type { App } from "../../src/server/app";
import { type Ask, openApi } from "../support/api";
import { openServices } from "../support/api-services";

const STARS = 4000;
let services: Awaited<ReturnType<typeof openServices>>;
let app: App;
let ask: Ask;
/** Spread evenly over 20 by 20 degrees about the meeting of the equator and ra = 0. */
beforeAll(async () => {
  services = await openServices();
  const random = new Random(20261121);
  const positions = Array.from({ length: STARS }, () => [(350 + 20 * random.uniform()) % 360, 20 * random.uniform() - 10] as const);
  const ids = positions.map(([ra, dec], index) => sourceIdOf(pixelAt(ra, dec), index, 0));
  await services.database.query(
    `INSERT INTO star (release, source_id, ra, dec, phot_g_mean_mag)
     SELECT 3, id, ra, dec, 10 + n % 10 FROM unnest($1::int8[], $2::float8[], $3::float8[]) WITH ORDINALITY AS t (id, ra, dec, n)`,
    [ids, positions.map(([ra]) => ra), positions.map(([, dec]) => dec)],
  );
  await services.database.script("ANALYZE star");
  ({ app, ask } = await openApi(services));
});
afterAll(async () => {
  await app.close();
  await services.close();
});

/** Counted by hand: the stars within a cone about the origin. */
async function withinCone(radiusDeg: number): Promise<number> {
  const [row] = await services.database.query<{ n: number }>(
    "SELECT count(*)::int4 AS n FROM star WHERE degrees(acos(cos(radians(dec)) * cos(radians(ra)))) <= $1",
    [radiusDeg],
  );
  return row!.n;
}

const TOTAL = "totalCount { stars relation }";
const EXACT = "exact: totalCount(exactUpTo: 10000) { stars relation } bounded: totalCount(exactUpTo: 100) { stars relation }";

test("the stars of a filter are counted, as far as a bound, or estimated", async () => {
  const { data, errors } = await ask(
    `{ stars(first: 1, filter: { photGMeanMag: { max: 12 } }) { ${TOTAL} ${EXACT} } all: stars { ${TOTAL} } }`,
  );
  expect(errors).toEqual([]);
  expect(data?.stars).toMatchObject({
    exact: { stars: 1200, relation: "EXACT" },
    bounded: { stars: 100, relation: "AT_LEAST" },
    totalCount: { relation: "ESTIMATED" },
  });
  const estimated = (count: unknown) => (count as { stars: number }).stars;
  expect(estimated(data?.stars?.totalCount) / 1200).toBeCloseTo(1, 0.5);
  expect(estimated(data?.all?.totalCount) / STARS).toBeCloseTo(1, 1);
});

test("so are those of a region", async () => {
  const { data, errors } = await ask(`{ coneSearch(ra: 0, dec: 0, radiusArcsec: 18000, first: 1) { ${TOTAL} ${EXACT} } }`);
  expect(errors).toEqual([]);
  const expected = await withinCone(5);
  expect(data?.coneSearch).toMatchObject({
    exact: { stars: expected, relation: "EXACT" },
    bounded: { stars: 100, relation: "AT_LEAST" },
    totalCount: { relation: "ESTIMATED" },
  });
  // The planner interpolates within a hundred buckets of ids.
  const ratio = (data as unknown as { coneSearch: { totalCount: { stars: number } } }).coneSearch.totalCount.stars / expected;
  expect(ratio).toBeGreaterThan(0.5);
  expect(ratio).toBeLessThan(2);
});

test("nothing is counted where nobody asks", async () => {
  const statements: string[] = [];
  const database: Database = {
    ...services.database,
    query: (sql, parameters) => {
      statements.push(sql);
      return services.database.query(sql, parameters);
    },
    transaction: () => {
      throw new Error("a page needs no transaction");
    },
  };
  const other = await openApi({ ...services, database });
  const { errors } = await other.ask("{ stars(first: 2) { nodes { ra } } coneSearch(ra: 0, dec: 0, radiusArcsec: 5) { nodes { ra } } }");
  await other.app.close();
  expect(errors).toEqual([]);
  expect(statements.filter((sql) => /count\(|EXPLAIN/.test(sql))).toEqual([]);
});

test("where counting takes too long the count is estimated", async () => {
  const slow: Database = {
    ...services.database,
    transaction: () => Promise.reject(Object.assign(new Error("canceling statement due to statement timeout"), { code: "57014" })),
  };
  expect(await countStars(slow, { release: 3, filter: {} }, 1000)).toMatchObject({ relation: "ESTIMATED" });
});

test.each([-1, 100_001])("a bound of %d is refused", async (bound) => {
  const { errors } = await ask(`{ stars { totalCount(exactUpTo: ${bound}) { stars } } }`);
  expect(errors[0]).toMatchObject({ extensions: { code: "BAD_INPUT" }, message: expect.stringContaining("exactUpTo must be from 0") });
});

test("regions have the areas that geometry gives them", () => {
  const squareDegree = (Math.PI / 180) ** 2;
  expect(areaOf(cone(10, 20, 1)) / squareDegree).toBeCloseTo(Math.PI, 3);
  expect(areaOf(box(359, 1, -1, 1)) / squareDegree).toBeCloseTo(4, 3);
  const corners = [
    { raDeg: 359, decDeg: -1 },
    { raDeg: 1, decDeg: -1 },
    { raDeg: 1, decDeg: 1 },
    { raDeg: 359, decDeg: 1 },
  ];
  expect(areaOf(polygon(corners)) / squareDegree).toBeCloseTo(4, 2);
});
