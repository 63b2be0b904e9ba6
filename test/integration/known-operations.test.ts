import { HeaderMap } from "@apollo/server";
import type { Database } from "../../src/database/database";
import { type Api, startApi } from "../../src/graphql/apollo";
import { type Context, requestContexts } from "../../src/graphql/context";
import { emptyNote } from "../../src/graphql/operation-note";
import { createApp } from "../../src/server/app";
import { listen } from "../../src/server/listen";
import { operationExecuted } from "../../src/telemetry/signals";
import { openServices, type TestServices } from "../support/api-services";
import { insertNamedStars } from "../support/named-stars";

let services: TestServices;
let api: Api;
beforeAll(async () => {
  services = await openServices();
  await insertNamedStars(services.database);
  api = await startApi();
});
afterAll(async () => {
  await api.apollo.stop();
  await services.close();
});

/** The database, but for statements that fail, by the beginning of their name. */
function failing(name: string): Database {
  const { database } = services;
  const prepared: Database["prepared"] = (statement, sql, parameters) =>
    statement.startsWith(name) ? Promise.reject(new Error(`secret of ${statement}`)) : database.prepared(statement, sql, parameters);
  return { ...database, prepared };
}

function newContext(database: Database): { context: Context; log: string[] } {
  const log: string[] = [];
  const error = (_details: object, message: string) => void log.push(message);
  const contextOf = requestContexts({ ...services, database });
  const context = contextOf({ id: "one-id", log: { error }, note: emptyNote(), gone: () => new AbortController().signal });
  return { context, log };
}

/** What the server does with a body: as `graphqlHandler`, and what it saw of it. */
async function answer(body: object, fails?: string) {
  const { context, log } = newContext(fails === undefined ? services.database : failing(fails));
  let executions = 0;
  const ignore = operationExecuted.hear(() => executions++);
  const known = await api.known.answer(body, context);
  const headers = new HeaderMap([["content-type", "application/json"]]);
  const http = { body, method: "POST", headers, search: "" };
  const slow =
    known === null ? await api.apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest: http, context: async () => context }) : null;
  ignore();
  const text = slow?.body.kind === "complete" ? slow.body.string : known;
  const { kind, name, codes } = context.note;
  return { byApollo: slow !== null, seen: { status: slow?.status, text, kind, name, codes, log, executions } };
}

const STAR = "query Star($id: SourceId!) { star(sourceId: $id) { sourceId ra surveyLabels { survey teff } crossmatches { objectId } } }";
const TWO = "query First { status { version } } query Second { __typename }";
const id = "102";

test.each<[string, { body: Record<string, unknown>; fails?: string }]>([
  ["a star", { body: { query: STAR, variables: { id } } }],
  ["a star by the operation's name", { body: { query: STAR, variables: { id }, operationName: "Star" } }],
  ["a star, all else null", { body: { query: STAR, variables: { id }, operationName: null, extensions: null } }],
  ["no star", { body: { query: STAR, variables: { id: "9" } } }],
  ["what has no variables", { body: { query: "{ status { version } __typename }", variables: null } }],
  ["introspection", { body: { query: "{ __schema { queryType { name } } }" } }],
])("known is answered as Apollo did: %s", async (_what, { body }) => {
  const [first, ...later] = [await answer(body), await answer(body), await answer(body), await answer(body)];
  expect(first!.seen).toMatchObject({ executions: 1, codes: [], text: expect.stringMatching(/^\{"data":.*\}\n$/) });
  for (const { byApollo, seen } of later) expect([byApollo, seen]).toEqual([false, first!.seen]);
});

test.each<[string, { body: Record<string, unknown>; fails?: string }]>([
  ["a star whose labels fail", { body: { query: STAR, variables: { id } }, fails: "survey-labels" }],
  ["a star that fails", { body: { query: STAR, variables: { id } }, fails: "stars-by-ids" }],
  ["an id that is none", { body: { query: STAR, variables: { id: "one" } } }],
  ["an id that is missing", { body: { query: STAR } }],
  ["another operation's name", { body: { query: STAR, variables: { id }, operationName: "Stars" } }],
  ["an empty name", { body: { query: STAR, variables: { id }, operationName: "" } }],
  ["one of two operations", { body: { query: TWO, operationName: "Second" } }],
  ["none of two operations", { body: { query: TWO } }],
  ["a cost that depends on a variable", { body: { query: "query ($n: Int!) { stars(first: $n) { nodes { ra } } }", variables: { n: 1 } } }],
  ["a cost that is too much", { body: { query: '{ stars(first: 25) { nodes { prediction(model: "x") { stored } } } }' } }],
  ["variables that are a list", { body: { query: STAR, variables: [id] } }],
  ["variables that are a text", { body: { query: STAR, variables: JSON.stringify({ id }) } }],
  ["a name that is a number", { body: { query: STAR, variables: { id }, operationName: 1 } }],
  ["extensions", { body: { query: STAR, variables: { id }, extensions: {} } }],
  ["a hash that is not the query's", { body: { query: STAR, extensions: { persistedQuery: { version: 1, sha256Hash: "0" } } } }],
  ["a query that is a list", { body: { query: [STAR] } }],
])("Apollo answers, of what was executed at most once: %s", async (_what, { body, fails }) => {
  await answer({ query: STAR, variables: { id } });
  const [first, ...later] = [await answer(body, fails), await answer(body, fails), await answer(body, fails), await answer(body, fails)];
  expect(JSON.stringify(first)).not.toContain("secret");
  for (const { byApollo, seen } of later) expect([byApollo, seen]).toEqual([true, first!.seen]);
});

test("a known query is answered in the type that the client accepts, and to nobody whose page is foreign", async () => {
  const app = await createApp({ logLevel: "silent" });
  await app.serve(services);
  const url = `${await listen(app, { host: "127.0.0.1", port: 0 })}/graphql`;
  const body = JSON.stringify({ query: STAR, variables: { id } });
  const post = async (headers: Record<string, string>) => {
    const response = await fetch(url, { method: "POST", headers, body });
    return [response.status, response.headers.get("content-type"), await response.text()] as const;
  };
  const types = [
    "*/*",
    "application/json",
    "application/graphql-response+json",
    "application/graphql-response+json;q=0.9, application/json;q=0.8",
  ];
  const asked = () => Promise.all(types.map((accept) => post({ accept, "content-type": "application/json" })));
  const first = await asked();
  expect(first.map(([status]) => status)).toEqual([200, 200, 200, 200]);
  expect(first.map(([, type]) => type?.split(";")[0])).toEqual(
    ["json", "json", "graphql-response+json", "graphql-response+json"].map((type) => `application/${type}`),
  );
  for (let again = 0; again < 4; again++) expect(await asked()).toEqual(first);
  expect((await post({ accept: "image/png", "content-type": "application/json" }))[0]).toBe(406);
  expect((await post({ "content-type": "text/plain" }))[0]).toBe(400);
  await app.close();
});
