import type { App } from "../../src/server/app";
import { type Ask, openApi } from "../support/api";
import { openServices } from "../support/api-services";

let services: Awaited<ReturnType<typeof openServices>>;
let app: App;
let ask: Ask;
let url: string;
beforeAll(async () => {
  services = await openServices();
  ({ app, ask, url } = await openApi({ ...services, maxPageSize: 1000 }));
});
afterAll(async () => {
  await app.close();
  await services.close();
});

const EVERY_STAR =
  "first: 1000) { nodes { sourceId ra dec parallax photometry { band mag magError } surveyLabels { survey teff logg feh } } }";
const fragments = Array.from({ length: 30 }, (_, i) => `fragment f${i} on Star { ...f${i + 1} a${i}: ra ...f${i + 1} }`).join("\n");

test.each([
  [
    "nested too deep",
    `{ models { ${"versions { manifest } events { kind } ".repeat(1)} } ${"... on Query { ".repeat(40)} status { version } ${"}".repeat(40)} }`,
    "GRAPHQL_VALIDATION_FAILED",
  ],
  ["full of aliases", `{ ${Array.from({ length: 60 }, (_, i) => `a${i}: status { version }`).join(" ")} }`, "GRAPHQL_VALIDATION_FAILED"],
  ["too long", `{ ${"status { version } ".repeat(2000)} }`, "GRAPHQL_PARSE_FAILED"],
  [
    "of a fragment that contains itself",
    "{ stars { nodes { ...loop } } } fragment loop on Star { ra ...loop }",
    "GRAPHQL_VALIDATION_FAILED",
  ],
  [
    "of fragments that double thirty times",
    `{ stars { nodes { ...f0 } } } ${fragments} fragment f30 on Star { ra }`,
    "GRAPHQL_VALIDATION_FAILED",
  ],
  ["too costly in a literal", `{ stars(${EVERY_STAR} }`, "QUERY_TOO_COSTLY"],
  ["of repeated directives", `{ status ${"@include(if: true) ".repeat(60)} { version } }`, "GRAPHQL_VALIDATION_FAILED"],
  [
    "an introspection within introspections",
    `{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }`,
    "GRAPHQL_VALIDATION_FAILED",
  ],
])("a query %s is refused before anything runs", async (_what, query, code) => {
  const { status, data, errors } = await ask(query);
  expect([status, data]).toEqual([400, null]);
  expect(errors[0]?.extensions.code).toBe(code);
});

test("a costly page by a variable is counted as what it asks for", async () => {
  const query = `query ($n: Int!) { stars(${EVERY_STAR.replace("1000", "$n")} }`;
  expect((await ask(query, { n: 1000 })).errors[0]?.extensions.code).toBe("QUERY_TOO_COSTLY");
  expect((await ask(query, { n: 10 })).errors).toEqual([]);
});

test.each([2 ** 31, 1e308, -(2 ** 31)])("a first of %p is refused", async (n) => {
  const { errors } = await ask("query ($n: Int!) { stars(first: $n) { nodes { ra } } }", { n });
  expect(["BAD_USER_INPUT", "QUERY_TOO_COSTLY", "BAD_INPUT"]).toContain(errors[0]?.extensions.code);
});

test("too many ids are refused", async () => {
  const { errors } = await ask("query ($ids: [SourceId!]!) { starsByIds(sourceIds: $ids) { ra } }", {
    ids: Array.from({ length: 1001 }, (_, id) => `${id}`),
  });
  expect(errors[0]?.extensions.code).toBe("BAD_USER_INPUT");
});

test("an id that JSON has rounded is refused with what to do", async () => {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"query":"query ($id: SourceId!) { star(sourceId: $id) { ra } }","variables":{"id":6917528997577384321}}',
  });
  const { errors } = (await response.json()) as { errors: { message: string; extensions: object }[] };
  expect(errors[0]).toMatchObject({ message: expect.stringContaining("send it as a string"), extensions: { code: "BAD_USER_INPUT" } });
});

test.each([
  ["a mutation", "mutation { drop }"],
  ["an unknown field", "{ star(sourceId: 1) { colour } }"],
  ["an id that is negative", "{ star(sourceId: -1) { ra } }"],
  ["an unknown stellar value", '{ predict(model: "m", inputs: [{ jmag: 1 }]) { stored } }'],
])("%s is a validation error", async (_what, query) => {
  expect((await ask(query)).errors[0]?.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
});

test("SQL in a text argument is only a text", async () => {
  const { errors } = await ask('{ stars(filter: { surveyLabel: { survey: "x\'; DROP TABLE star; --", label: teff } }) { nodes { ra } } }');
  expect(errors[0]?.extensions.code).toBe("NOT_FOUND");
  expect((await ask("{ stars { nodes { ra } } }")).errors).toEqual([]);
});

test("the introspection that GraphiQL and code generators send passes", async () => {
  const { getIntrospectionQuery } = await import("graphql");
  const { errors, data } = await ask(getIntrospectionQuery({ inputValueDeprecation: true, schemaDescription: true }));
  expect(errors).toEqual([]);
  expect(data?.__schema).toBeDefined();
});

test("a defect is masked, and known under the request's id", async () => {
  const broken = { ...services, database: { ...services.database, prepared: () => Promise.reject(new Error("secret: pg password 1234")) } };
  const other = await openApi(broken);
  const { errors } = await other.ask("{ star(sourceId: 1) { ra } }");
  await other.app.close();
  expect(JSON.stringify(errors)).not.toContain("secret");
  expect(errors[0]?.extensions).toEqual({ code: "INTERNAL", requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
});

test("a statement that the database stopped is a TIMEOUT", async () => {
  const stopped = Object.assign(new Error("canceling statement due to statement timeout"), { code: "57014" });
  const other = await openApi({ ...services, database: { ...services.database, prepared: () => Promise.reject(stopped) } });
  const { errors } = await other.ask("{ stars { nodes { ra } } }");
  await other.app.close();
  expect(errors[0]).toMatchObject({ message: expect.stringContaining("Narrow the filter"), extensions: { code: "TIMEOUT" } });
});
