import { type App, createApp } from "../../src/server/app";
import { listen } from "../../src/server/listen";
import { openServices } from "../support/api-services";

let services: Awaited<ReturnType<typeof openServices>>;
let app: App;
let url: string;
beforeAll(async () => {
  services = await openServices();
  app = await createApp({ logLevel: "silent", readyWithinMs: 60_000 });
  url = await listen(app, { host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await app.close();
  await services.close();
});

const post = (body: string, headers: Record<string, string> = { "content-type": "application/json" }) =>
  fetch(`${url}/graphql`, { method: "POST", headers, body });

test("the server is live at once, and ready when it can serve", async () => {
  expect((await fetch(`${url}/health/live`)).status).toBe(200);
  expect((await fetch(`${url}/health/ready`)).status).toBe(503);
  expect((await post('{"query":"{ __typename }"}')).status).toBe(503);
  expect(await (await fetch(`${url}/vo/availability`)).text()).toMatch(/available>false<.*\n.*starting or shutting down/);
  await app.serve(services);
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  expect(await (await post('{"query":"{ __typename }"}')).json()).toEqual({ data: { __typename: "Query" } });
});

test("a server whose database went away is not ready, and says DATABASE until it is back", async () => {
  const { query, prepared } = services.database;
  const away = () => Promise.reject(new Error("Connection terminated unexpectedly"));
  Object.assign(services.database, { query: away, prepared: away });
  expect((await fetch(`${url}/health/ready`)).status).toBe(503);
  const answer = await (await post('{"query":"{ stars { nodes { ra } } }"}')).json();
  expect(answer).toMatchObject({ errors: [{ extensions: { code: "DATABASE" } }] });
  Object.assign(services.database, { query, prepared });
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
});

test("a query may come by GET", async () => {
  const response = await fetch(`${url}/graphql?query={__typename}`, { headers: { "apollo-require-preflight": "1" } });
  expect(await response.json()).toEqual({ data: { __typename: "Query" } });
});

test.each([
  [
    "a GET that a foreign page could send",
    () => fetch(`${url}/graphql?query={__typename}`, { headers: { "user-agent": "Mozilla/5.0" } }),
    400,
  ],
  ["a form", () => post("query={__typename}", { "content-type": "application/x-www-form-urlencoded" }), 415],
  ["a batch", () => post('[{"query":"{ __typename }"},{"query":"{ __typename }"}]'), 400],
  ["what is not JSON", () => post("{"), 400],
  ["a body beyond a megabyte", () => post(JSON.stringify({ query: "#".repeat(1_100_000) })), 413],
  ["no query", () => post("{}"), 400],
  ["another path", () => fetch(`${url}/etc/passwd`), 404],
  ["a path that is none", () => fetch(`${url}/%zz`), 400],
  ["another method", () => fetch(`${url}/lookup?format=csv`), 405],
])("%s is refused", async (_what, send, status) => {
  const response = await send();
  expect(response.status).toBe(status);
  expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  expect(await response.json()).toMatchObject({ errors: [{ message: expect.any(String), extensions: { code: expect.any(String) } }] });
});

test("GraphiQL's page and all that it loads come from this server", async () => {
  const page = await (await fetch(url)).text();
  const loaded = [...page.matchAll(/(?:src|href)="([^"]+)"/g)]
    .map(([, target]) => target ?? "")
    .filter((target) => !target.startsWith("data:"));
  expect(loaded.length).toBeGreaterThan(4);
  for (const target of loaded) {
    expect(target).toMatch(/^\/graphiql\//);
    expect((await fetch(url + target)).status).toBe(200);
  }
});

test("the page may run no script but this server's", async () => {
  const policy = (await fetch(url)).headers.get("content-security-policy");
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
});

test("a port that is taken is a conflict that says which", async () => {
  const second = await createApp({ logLevel: "silent" });
  const port = Number(new URL(url).port);
  await expect(listen(second, { host: "127.0.0.1", port })).rejects.toMatchObject({
    code: "CONFLICT",
    message: expect.stringContaining(`Port ${port}`),
  });
  await expect(listen(second, { host: "203.0.113.1", port: 0 })).rejects.toMatchObject({ code: "BAD_INPUT" });
  await second.close();
});

test("a request under way is answered while the server shuts down", async () => {
  const slow = { ...services, database: { ...services.database } };
  const started = new Promise<void>((resolve) => {
    slow.database.prepared = async (...statement) => {
      resolve();
      return services.database.prepared(...statement);
    };
  });
  const other = await createApp({ logLevel: "silent" });
  await other.serve(slow);
  const address = await listen(other, { host: "127.0.0.1", port: 0 });
  const answer = fetch(`${address}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"query":"{ stars { nodes { ra } } }"}',
  });
  await started;
  await other.close();
  expect((await answer).status).toBe(200);
  await expect(fetch(address)).rejects.toThrow();
});
