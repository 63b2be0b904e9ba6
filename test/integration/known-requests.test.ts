import { createHash } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { type App, createApp } from "../../src/server/app";
import { listen } from "../../src/server/listen";
import { openServices, type TestServices } from "../support/api-services";
import { insertNamedStars } from "../support/named-stars";

let services: TestServices;
let app: App;
let url: string;
/** Log lines by request id. */
const logged = new EventEmitter();
beforeAll(async () => {
  services = await openServices();
  await insertNamedStars(services.database);
  const write = (text: string) => {
    const { reqId, msg, operation, operationName, status, codes, requestBytes } = JSON.parse(text) as Record<string, unknown>;
    if (msg === "answered") logged.emit(String(reqId), { operation, operationName, status, codes, requestBytes });
  };
  app = await createApp({ logLevel: "info", logTo: { write } });
  await app.serve(services);
  url = `${await listen(app, { host: "127.0.0.1", port: 0 })}/graphql`;
});
afterAll(async () => {
  await app.close();
  await services.close();
});

const JSON_TYPE = { "content-type": "application/json" };
let requests = 0;

interface Sent {
  readonly method?: string;
  readonly search?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** The answer to a request, and what the log says of it. */
async function send({ method = "POST", search = "", headers = JSON_TYPE, body }: Sent) {
  const id = `request-${++requests}`;
  const line = once(logged, id);
  // As bytes, so that fetch adds no content type of its own.
  const sent = { method, headers: { ...headers, "x-request-id": id }, ...(body !== undefined && { body: Buffer.from(body) }) };
  const response = await fetch(url + search, sent);
  const text = (await response.text()).replaceAll(id, "ID");
  const [log] = (await line) as [object];
  const { date: _when, "x-request-id": _id, etag, ...answered } = Object.fromEntries(response.headers);
  // The tag names the state of the whole database server, which other test files change.
  return { status: response.status, headers: answered, tagged: etag !== undefined, text, log };
}

const QUERY = "query Star($id: SourceId!) { star(sourceId: $id) { sourceId ra surveyLabels { survey teff } } }";
const id = "102";
const hash = (text: string) => createHash("sha256").update(text).digest("hex");
const json = (members: (text: string) => unknown) => (text: string) => ({ body: JSON.stringify(members(text)) });
const plain = (headers: Record<string, string>) => (text: string) => ({
  headers,
  body: JSON.stringify({ query: text, variables: { id } }),
});
const raw = (members: string) => (text: string) => ({ body: `{"query":${JSON.stringify(text)},${members}}` });
const search = (text: string, more = "") =>
  `?query=${encodeURIComponent(text)}&variables=${encodeURIComponent(JSON.stringify({ id }))}${more}`;

test.each<[string, (text: string) => Sent]>([
  ["the plain request", plain(JSON_TYPE)],
  ["a content type with a charset", plain({ "content-type": "application/json; charset=utf-8" })],
  ["a foreign charset", plain({ "content-type": "application/json; charset=utf-16" })],
  ["a content type in capitals", plain({ "content-type": "APPLICATION/JSON" })],
  ["a plain text", plain({ "content-type": "text/plain" })],
  ["a plain text that mentions JSON", plain({ "content-type": "text/plain; application/json" })],
  ["JSON that mentions plain text", plain({ "content-type": "application/json; text/plain" })],
  ["a plain text with the word of a preflight", plain({ "content-type": "text/plain", "apollo-require-preflight": "1" })],
  ["a form", plain({ "content-type": "application/x-www-form-urlencoded" })],
  ["a form in parts", plain({ "content-type": "multipart/form-data; boundary=x" })],
  ["GraphQL as content type", plain({ "content-type": "application/graphql" })],
  ["JSON of another kind", plain({ "content-type": "application/vnd.api+json" })],
  ["no content type", plain({})],
  ["an answer as an image", plain({ ...JSON_TYPE, accept: "image/png" })],
  ["an answer as anything but JSON", plain({ ...JSON_TYPE, accept: "application/json;q=0, application/graphql-response+json;q=0" })],
  ["an answer in parts", plain({ ...JSON_TYPE, accept: "multipart/mixed" })],
  ["an answer as GraphQL's own type", plain({ ...JSON_TYPE, accept: "application/graphql-response+json" })],
  ["an answer as any application", plain({ ...JSON_TYPE, accept: "application/*" })],
  ["a request of another page", plain({ ...JSON_TYPE, origin: "https://foreign.example" })],
  ["a batch", json((query) => [{ query, variables: { id } }])],
  ["an empty batch", json(() => [])],
  ["no member", json(() => ({}))],
  ["a text instead of an object", json((query) => query)],
  ["null", json(() => null)],
  ["a query in a list", json((query) => ({ query: [query], variables: { id } }))],
  ["a query that is an object", json((query) => ({ query: { text: query }, variables: { id } }))],
  ["a query that is null", json(() => ({ query: null, variables: { id } }))],
  ["an unknown member", json((query) => ({ query, variables: { id }, id: 7 }))],
  ["variables in a text", json((query) => ({ query, variables: JSON.stringify({ id }) }))],
  ["variables in a list", json((query) => ({ query, variables: [id] }))],
  ["variables that are a number", json((query) => ({ query, variables: 7 }))],
  ["variables that are false", json((query) => ({ query, variables: false }))],
  ["no variables", json((query) => ({ query }))],
  ["variables that are null", json((query) => ({ query, variables: null }))],
  ["a variable that is null", json((query) => ({ query, variables: { id: null } }))],
  ["a variable in a list", json((query) => ({ query, variables: { id: [id] } }))],
  ["a variable that is an object", json((query) => ({ query, variables: { id: { id } } }))],
  ["a variable that is a number", json((query) => ({ query, variables: { id: 102 } }))],
  ["a variable that is a fraction", json((query) => ({ query, variables: { id: 1.5 } }))],
  ["a variable beyond any integer", raw('"variables":{"id":1e400}')],
  ["a variable beyond a star's id", json((query) => ({ query, variables: { id: "9223372036854775808" } }))],
  ["an unknown variable", json((query) => ({ query, variables: { id, other: 1 } }))],
  ["a thousand unknown variables", json((query) => ({ query, variables: { id, ...Array(1000).fill(0) } }))],
  ["a variable by the name of a prototype", raw('"variables":{"id":"102","__proto__":{"id":"101"}}')],
  ["a prototype alone", raw('"variables":{"__proto__":{"id":"102"}}')],
  ["a variable by the name of a constructor", raw('"variables":{"id":"102","constructor":1,"toString":"x"}')],
  ["a constructor with a prototype", raw('"variables":{"id":"102","constructor":{"prototype":{"id":"101"}}}')],
  ["a body by the name of a prototype", raw('"__proto__":{"variables":{"id":"102"}}')],
  ["variables given twice", raw('"variables":{"id":"101"},"variables":{"id":"102"}')],
  ["a query given twice", raw('"variables":{"id":"102"},"query":"{ __typename }"')],
  ["what follows the body", (text) => ({ body: `${JSON.stringify({ query: text, variables: { id } })}{}` })],
  ["half a body", (text) => ({ body: `{"query":${JSON.stringify(text)},` })],
  ["the operation's name", json((query) => ({ query, variables: { id }, operationName: "Star" }))],
  ["another operation's name", json((query) => ({ query, variables: { id }, operationName: "Stars" }))],
  ["an operation's name in capitals", json((query) => ({ query, variables: { id }, operationName: "STAR" }))],
  ["an empty name", json((query) => ({ query, variables: { id }, operationName: "" }))],
  ["a name that is a number", json((query) => ({ query, variables: { id }, operationName: 1 }))],
  ["a name that is false", json((query) => ({ query, variables: { id }, operationName: false }))],
  ["a name in a list", json((query) => ({ query, variables: { id }, operationName: ["Star"] }))],
  ["no extension", json((query) => ({ query, variables: { id }, extensions: {} }))],
  ["extensions that are null", json((query) => ({ query, variables: { id }, extensions: null }))],
  ["extensions in a text", json((query) => ({ query, variables: { id }, extensions: "{}" }))],
  ["extensions in a list", json((query) => ({ query, variables: { id }, extensions: [] }))],
  ["extensions that are false", json((query) => ({ query, variables: { id }, extensions: false }))],
  [
    "a hash of another text",
    json((query) => ({ query, variables: { id }, extensions: { persistedQuery: { version: 1, sha256Hash: hash("") } } })),
  ],
  [
    "a hash of another version",
    json((query) => ({ query, variables: { id }, extensions: { persistedQuery: { version: 2, sha256Hash: hash(query) } } })),
  ],
  [
    "a hash and its text",
    json((query) => ({ query, variables: { id }, extensions: { persistedQuery: { version: 1, sha256Hash: hash(query) } } })),
  ],
  ["a hash alone", json((query) => ({ variables: { id }, extensions: { persistedQuery: { version: 1, sha256Hash: hash(query) } } }))],
  ["a text and a space", json((query) => ({ query: `${query} `, variables: { id } }))],
  ["a text in front of which is another query", json((query) => ({ query: `query Other { __typename } ${query}`, variables: { id } }))],
  ["a GET that a foreign page can send", (text) => ({ method: "GET", headers: {}, search: search(text) })],
  ["a GET", (text) => ({ method: "GET", search: search(text) })],
  ["a GET of a variable twice", (text) => ({ method: "GET", search: search(text, "&variables={}") })],
  ["a GET as an image", (text) => ({ method: "GET", headers: { ...JSON_TYPE, accept: "image/png" }, search: search(text) })],
  ["a HEAD", (text) => ({ method: "HEAD", search: search(text) })],
  ["a POST of its URL", (text) => ({ search: search(text), body: "{}" })],
  ["a POST whose URL and body differ", (text) => ({ search: search("{ __typename }"), ...plain(JSON_TYPE)(text) })],
  ["a PUT", (text) => ({ method: "PUT", ...plain(JSON_TYPE)(text) })],
  ["OPTIONS", () => ({ method: "OPTIONS", headers: {} })],
])("a request for a known operation is answered and logged as for an unknown one: %s", async (what, sent) => {
  const text = `${QUERY} # ${what}`;
  const unknown = await send(sent(text));
  for (let times = 0; times < 4; times++) expect((await send(plain(JSON_TYPE)(text))).status).toBe(200);
  const known = [await send(sent(text)), await send(sent(text))];
  expect(known).toEqual([unknown, unknown]);
});

const FIRST = "query First($n: Int!) { stars(first: $n) { nodes { sourceId } } }";
const DEFAULT = "query First($n: Int = 1) { stars(first: $n) { nodes { sourceId } } }";
const CHOICE = "query Star($id: SourceId!, $yes: Boolean!) { star(sourceId: $id) { sourceId ra @include(if: $yes) dec @skip(if: $yes) } }";
const FRAGMENT = "query Star($id: SourceId!) { star(sourceId: $id) { ...place } } fragment place on Star { ra dec @skip(if: true) }";
const FILTER = "query Some($filter: StarFilter) { stars(first: 2, filter: $filter) { nodes { sourceId } } }";

test.each<[string, string, object, object]>([
  ["a page that becomes dear", FIRST, { n: 1 }, { n: 1_000_000_000 }],
  ["a page beyond any integer", FIRST, { n: 1 }, { n: 2 ** 31 }],
  ["a page of no number", FIRST, { n: 1 }, { n: "1" }],
  ["a page of less than nothing", FIRST, { n: 1 }, { n: -5 }],
  ["a page with a default", DEFAULT, {}, { n: 1_000_000_000 }],
  ["a page without a default", DEFAULT, {}, { n: null }],
  ["a field that comes in", CHOICE, { id, yes: false }, { id, yes: true }],
  ["a field that goes out", CHOICE, { id, yes: true }, { id, yes: false }],
  ["a field of which nobody knows", CHOICE, { id, yes: true }, { id, yes: "true" }],
  ["another star by a fragment", FRAGMENT, { id }, { id: "101" }],
  ["no star by a fragment", FRAGMENT, { id }, { id: "x" }],
  ["an unknown filter", FILTER, { filter: {} }, { filter: { __typename: 1 } }],
  ["a filter in a text", FILTER, { filter: null }, { filter: "{}" }],
])(
  "a request with other variables than those that made its operation known is answered as if it were not: %s",
  async (what, query, taught, asked) => {
    const text = `${query} # ${what}`;
    const post = (variables: object) => send({ body: JSON.stringify({ query: text, variables }) });
    const unknown = await post(asked);
    for (let times = 0; times < 4; times++) expect((await post(taught)).status).toBe(200);
    expect([await post(asked), await post(asked)]).toEqual([unknown, unknown]);
  },
);
