import type { App } from "../../src/server/app";
import { type GraphqlError, openApi } from "../support/api";
import { openServices } from "../support/api-services";

let services: Awaited<ReturnType<typeof openServices>>;
let app: App;
let url: string;
beforeAll(async () => {
  services = await openServices();
  ({ app, url } = await openApi({ ...services, maxPageSize: 1000 }));
});
afterAll(async () => {
  await app.close();
  await services.close();
});

interface Refused {
  readonly status: number;
  readonly errors: readonly GraphqlError[];
}

async function post(body: string): Promise<Refused> {
  const response = await fetch(`${url}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body });
  return { status: response.status, errors: ((await response.json()) as { errors?: GraphqlError[] }).errors ?? [] };
}

async function get(parameters: Record<string, string>): Promise<Refused> {
  const response = await fetch(`${url}/graphql?${new URLSearchParams(parameters)}`, { headers: { "apollo-require-preflight": "yes" } });
  return { status: response.status, errors: ((await response.json()) as { errors?: GraphqlError[] }).errors ?? [] };
}

const POLYGON = "query($v: [SkyPosition!]!) { polygonSearch(vertices: $v) { nodes { ra } } }";
const FILTER = "query($f: StarFilter) { stars(filter: $f) { nodes { ra } } }";
const ask = (query: string, variables = "{}") => `{"query":${JSON.stringify(query)},"variables":${variables}}`;
const times = (count: number, entry: string) => Array.from({ length: count }, () => entry).join();
const nested = (depth: number, open: string, close: string) => `${open.repeat(depth)}{}${close.repeat(depth)}`;
const named = (count: number) => Array.from({ length: count }, (_, n) => `"name${n}":1`).join();

test.each([
  ["a list of 10,001 entries", ask(POLYGON, `{"v":[${times(10_001, "1")}]}`), "A list in the request may have at most 10000 entries"],
  ["1,101 objects", ask(POLYGON, `{"v":[${times(1101, "{}")}]}`), "may have at most 1100 objects"],
  ["many lists with 50,001 values", ask(POLYGON, `{"v":[${times(51, `[${times(1000, "1")}]`)}]}`), "may have at most 50000 values in all"],
  ["501 different names", ask("{ __typename }", `{${named(501)}}`), "may have at most 500 different names"],
  ["a filter nested 1,000 deep", ask(FILTER, `{"f":${nested(1000, '{"and":[', "]}")}}`), "at most 25 lists and objects within each other"],
  ["a list nested 100,000 deep", "[".repeat(100_000), "at most 25 lists and objects within each other"],
])("a body of %s is refused before it is parsed", async (_what, body, message) => {
  const { status, errors } = await post(body);
  expect([status, errors.length, errors[0]?.extensions.code]).toEqual([400, 1, "REQUEST_TOO_LARGE"]);
  expect(errors[0]?.message).toContain(message);
  expect(errors[0]?.message).toContain("Send less in one request.");
});

test.each([
  ["a filter nested 1,000 deep", `{ stars(filter: ${nested(1000, "{and: ", "}")}) { nodes { ra } } }`, "50 brackets within each other"],
  ["more than 100,000 characters", `{ __typename } #${"x".repeat(100_000)}`, "100000 characters"],
])("a query text with %s is refused before it is parsed", async (_what, query, message) => {
  const { status, errors } = await post(ask(query));
  expect([status, errors.length, errors[0]?.extensions.code]).toEqual([400, 1, "REQUEST_TOO_LARGE"]);
  expect(errors[0]?.message).toContain(message);
});

test("brackets in texts and comments do not count, in JSON and in GraphQL", async () => {
  const { status, errors } = await post(
    ask(`{ star(sourceId: "1") { ra } } # ${"{[(".repeat(100)}`, `{"unused":"${'[{\\"'.repeat(100)}"}`),
  );
  expect([status, errors]).toEqual([200, []]);
});

test("the variables of a GET are bounded as those of a POST", async () => {
  const { status, errors } = await get({ query: FILTER, variables: `{"f":${nested(200, '{"and":', "}")}}` });
  expect([status, errors[0]?.extensions.code]).toEqual([400, "REQUEST_TOO_LARGE"]);
});

test("a message does not repeat a long value that was sent", async () => {
  const { errors } = await post(ask("query($id: SourceId!) { star(sourceId: $id) { ra } }", `{"id":"${"x".repeat(900_000)}"}`));
  expect(errors[0]?.extensions.code).toBe("BAD_USER_INPUT");
  expect(errors[0]?.message.length).toBeLessThan(600);
});

test("of a hundred wrong values five are told, also when the query is known and compiled", async () => {
  const query = "query($f: StarFilter) { stars(first: 2, filter: $f) { nodes { ra } } }";
  for (let round = 0; round < 4; round++) expect((await post(ask(query, '{"f":{}}'))).status).toBe(200);
  const { status, errors } = await post(ask(query, `{"f":{"or":[${times(100, "1")}]}}`));
  expect([status, errors.length]).toEqual([400, 5]);
  expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(["BAD_USER_INPUT"]));
});

test.each([
  ["the same field again and again", `{ stars { nodes { ${"ra ".repeat(1000)} } } }`],
  ["the same object again and again", `{ ${"stars { nodes { ra } } ".repeat(300)} }`],
  ["the same field in inline fragments", `{ stars { nodes { ${"... on Star { ra } ".repeat(300)} } } }`],
  ["a fragment again and again", `{ stars { nodes { ${"...f ".repeat(30)} } } } fragment f on Star { ra }`],
])("a query with %s is refused before its fields are compared", async (_what, query) => {
  const { status, errors } = await post(ask(query));
  expect([status, errors[0]?.extensions.code]).toEqual([400, "GRAPHQL_VALIDATION_FAILED"]);
  expect(errors[0]?.message).toContain("Write each field once");
});

test("a few repeated fields, and fragments, are merged as GraphQL says", async () => {
  const { status, errors } = await post(
    ask("{ stars { nodes { ra ra ...f ...f } } stars { nodes { dec } } } fragment f on Star { ra dec }"),
  );
  expect([status, errors]).toEqual([200, []]);
});

test("an operation that the query does not have is a fault of the request", async () => {
  const { status, errors } = await post('{"query":"{__typename}","operationName":"X"}');
  expect([status, errors[0]?.message, errors[0]?.extensions.code]).toEqual([
    400,
    'Unknown operation named "X".',
    "OPERATION_RESOLUTION_FAILURE",
  ]);
});
