import { getOperationAST, parse } from "graphql";
import { costOf } from "../../src/graphql/operation-cost";
import { buildApi } from "../../src/graphql/schema";

const schema = buildApi();

function cost(query: string, variables: Record<string, unknown> = {}): number {
  const document = parse(query);
  return costOf({ schema, document, request: { query, variables }, operation: getOperationAST(document)! });
}

const aliases = (count: number, field: string) => `{ ${Array.from({ length: count }, (_, n) => `a${n}: ${field}`).join(" ")} }`;

test("a page costs its statement and its values, and its aliases add up", () => {
  expect(cost("{ stars(first: 500) { nodes { ra dec } } }")).toBe(200 + 500 * 3);
  expect(cost(aliases(48, "stars(first: 500) { nodes { ra dec } }"))).toBe(48 * (200 + 500 * 3));
});

test("a count costs what it counts, once, whatever the length of its page", () => {
  const count = (first: number, exactUpTo: number) => cost(`{ stars(first: ${first}) { totalCount(exactUpTo: ${exactUpTo}) { stars } } }`);
  expect([count(1, 0), count(1000, 0)]).toEqual([300, 300]);
  expect([count(1, 100_000), count(1000, 100_000)]).toEqual([10_300, 10_300]);
  expect(count(1, 2_000_000_000)).toBe(count(1, 100_000)); // its resolver refuses more
});

test("fifty counts of 100,000 stars cost more than one request may", () => {
  expect(cost(aliases(50, "stars(first: 1) { totalCount(exactUpTo: 100000) { stars } }"))).toBeGreaterThan(500_000);
});

test("a count's cost follows its variable, also through a fragment, and is nothing where it is skipped", () => {
  const query =
    "query($n: Int!, $no: Boolean!) { stars { ...f } } fragment f on StarConnection { totalCount(exactUpTo: $n) @skip(if: $no) { stars } }";
  const [small, large, skipped] = [
    cost(query, { n: 10, no: false }),
    cost(query, { n: 50_000, no: false }),
    cost(query, { n: 50_000, no: true }),
  ];
  expect([large - small, large - skipped]).toEqual([4999, 5100]);
});

test("a filter costs a scan, whatever its variable holds", () => {
  const query = "query($f: StarFilter) { stars(first: 1, filter: $f) { nodes { ra } } }";
  expect(cost(query, { f: null }) - cost("{ stars(first: 1) { nodes { ra } } }")).toBe(3000);
});

test("a region costs what its extent says", () => {
  const cone = (radiusArcsec: number) => cost(`{ coneSearch(ra: 1, dec: 1, radiusArcsec: ${radiusArcsec}, first: 1) { nodes { ra } } }`);
  expect([cone(36), cone(3600), cone(36_000)]).toEqual([207, 702, 5202]);
  const box = (west: number, east: number) =>
    cost(`{ boxSearch(raMin: ${west}, raMax: ${east}, decMin: 0, decMax: 1, first: 1) { nodes { ra } } }`);
  expect([box(10, 14), box(358, 2)]).toEqual([2202, 2202]);
  const triangle = cost("{ polygonSearch(vertices: [{ra: 0, dec: 0}, {ra: 2, dec: 0}, {ra: 359, dec: 1}], first: 1) { nodes { ra } } }");
  expect(triangle).toBe(202 + 3 * 40 + 1000);
});
