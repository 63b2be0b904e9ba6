import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Services } from "../../src/graphql/services";
import { type App, type AppSettings, createApp } from "../../src/server/app";
import { listen } from "../../src/server/listen";
import { openServices } from "../support/api-services";
import { heldBack } from "../support/held-back";

let services: Awaited<ReturnType<typeof openServices>>;
const opened: App[] = [];
beforeAll(async () => {
  services = await openServices();
});
afterAll(async () => {
  for (const app of opened) await app.close();
  await services.close();
});

async function open(served: Services, settings: Partial<AppSettings> = {}): Promise<string> {
  const app = await createApp({ logLevel: "silent", ...settings });
  opened.push(app);
  await app.serve(served);
  return listen(app, { host: "127.0.0.1", port: 0 });
}

const ask = (url: string, query: string, headers: Record<string, string> = {}) =>
  fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query }),
  });

test("/metrics tells requests by route and root field, statements, look-ups, batches, queues and the process", async () => {
  const url = await open(services, { concurrency: 8 });
  await ask(url, '{ star(sourceId: "1") { ra photometry { mag } } }');
  await ask(url, "query Mine { stars { nodes { ra } } }");
  await ask(url, "{ a: __typename b: __typename }");
  const response = await fetch(`${url}/metrics`);
  expect(response.headers.get("content-type")).toMatch("text/plain");
  const text = await response.text();
  for (const line of [
    'asterism_request_duration_seconds_count{route="/graphql",operation="star",status="2xx"} 1',
    'asterism_request_duration_seconds_count{route="/graphql",operation="stars",status="2xx"} 1',
    'asterism_request_duration_seconds_count{route="/graphql",operation="several",status="2xx"} 1',
    /asterism_database_statement_duration_seconds_count\{statement="stars-by-ids"\} [1-9]/,
    /asterism_lookup_duration_seconds_count\{group="list"\} [1-9]/,
    /asterism_lookup_batch_stars_sum\{group="star"\} [1-9]/,
    'asterism_database_connections{state="waiting"} 0',
    "asterism_inference_waiting_stars 0",
    "asterism_requests_refused_total 0",
    /nodejs_eventloop_lag_p99_seconds [0-9]/,
    /process_resident_memory_bytes [1-9]/,
  ])
    expect(text).toMatch(line);
});

test("nothing that a client writes becomes a label", async () => {
  const url = await open(services);
  await ask(url, "query Hostile { x9: stars { nodes { ra } } }");
  await fetch(`${url}/hostile-path?hostile=1`);
  const text = await (await fetch(`${url}/metrics`)).text();
  expect(text).not.toMatch(/hostile|x9/i);
});

test("an id that a client gives its request is answered where it is well formed", async () => {
  const url = await open(services);
  const idOf = async (given: string) => (await ask(url, "{ __typename }", { "x-request-id": given })).headers.get("x-request-id");
  expect(await idOf("survey-run-000042")).toBe("survey-run-000042");
  for (const given of ["short", "with spaces in it", "x".repeat(65), '{"json":true}']) expect(await idOf(given)).toMatch(/^[0-9a-f-]{36}$/);
});

test("readiness tells which part does not work", async () => {
  const database = { ...services.database };
  const url = await open({ ...services, database }, { readyWithinMs: 60_000 });
  const ready = async () => {
    const response = await fetch(`${url}/health/ready`);
    return { status: response.status, ...((await response.json()) as object) };
  };
  const ok = { status: "ok", milliseconds: expect.any(Number) };
  expect(await ready()).toEqual({ status: "ready", checks: { database: ok, migrations: ok, inference: ok } });
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  await services.database.query("UPDATE _prisma_migrations SET migration_name = migration_name || '-of-tomorrow'");
  expect(await ready()).toMatchObject({ checks: { database: ok, migrations: { status: "failed" } } });
  await services.database.query("UPDATE _prisma_migrations SET migration_name = replace(migration_name, '-of-tomorrow', '')");
  database.query = () => Promise.reject(new Error("Connection terminated unexpectedly"));
  expect(await ready()).toMatchObject({ checks: { database: { status: "failed" }, inference: ok } });
});

test("probes of a database that hangs are answered in time, and do not pile up", async () => {
  const { held, letGo, statements } = heldBack(services);
  const url = await open(held, { readyWithinMs: 20 });
  const probes = await Promise.all([1, 2, 3].map(() => fetch(`${url}/health/ready`)));
  expect(probes.map(({ status }) => status)).toEqual([503, 503, 503]);
  expect(statements()).toBe(2); // one for the connection, one for the migrations
  letGo();
});

test("a server with all the work it can do refuses at once and says when to come again; what watches it is answered", async () => {
  const { held, letGo, asked } = heldBack(services);
  const url = await open(held, { concurrency: 1, metricsToken: "0123456789abcdef" });
  const query = "{ stars { nodes { ra } } }";
  const first = ask(url, query);
  await asked();
  // One runs and four may wait in a burst: of so many, some must be refused.
  const more = Array.from({ length: 10 }, () => ask(url, query));
  const refused = await Promise.race(more.map((answer) => answer.then((one) => (one.status === 503 ? one : new Promise<never>(() => {})))));
  expect(refused.headers.get("retry-after")).toBe("1");
  expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: "OVERLOADED" } }] });
  expect((await fetch(`${url}/health/live`)).status).toBe(200);
  const metrics = await (await fetch(`${url}/metrics`, { headers: { authorization: "Bearer 0123456789abcdef" } })).text();
  for (const line of [
    'asterism_requests_under_way{state="running"} 1',
    /asterism_requests_refused_total [1-9]/,
    /asterism_request_duration_seconds_count\{route="\/graphql",operation="",status="5xx"\} [1-9]/,
  ])
    expect(metrics).toMatch(line);
  letGo();
  expect((await first).status).toBe(200);
  await Promise.all(more);
});

test("requests that arrive together count as under way together, although each is answered before the next one is looked at", async () => {
  const url = new URL(await open(services, { concurrency: 1 }));
  const body = JSON.stringify({ query: "{ __typename }" });
  const request = `POST /graphql HTTP/1.1\r\nhost: ${url.host}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  const sockets = Array.from({ length: 40 }, () => connect(Number(url.port), url.hostname));
  const statusOf = async (socket: Socket) => String((await once(socket, "data"))[0]).slice(9, 12);
  for (const socket of sockets) {
    socket.write(request);
    expect(await statusOf(socket)).toBe("200");
  }
  const statuses = sockets.map(statusOf);
  for (const socket of sockets) socket.write(request);
  expect(new Set(await Promise.all(statuses))).toEqual(new Set(["200", "503"]));
  for (const socket of sockets) socket.destroy();
});

test("a cone search that is refused is told so in a VOTable, and whether the service is available is always told", async () => {
  const { held, letGo, asked } = heldBack(services);
  const url = await open(held, { concurrency: 1, readyWithinMs: 20 });
  const first = ask(url, "{ stars { nodes { ra } } }");
  await asked();
  const more = Array.from({ length: 10 }, () => fetch(`${url}/vo/scs?RA=1&DEC=1&SR=1`));
  const refused = await Promise.race(more.map((answer) => answer.then((one) => (one.status === 503 ? one : new Promise<never>(() => {})))));
  expect([refused.headers.get("content-type"), refused.headers.get("retry-after")]).toEqual([
    "text/xml;content=x-votable;charset=utf-8",
    "1",
  ]);
  expect(await refused.text()).toMatch(/<INFO name="Error" value="The server has all the work it can do[^<]*"><\/INFO>\n<RESOURCE/);
  const availability = async () => (await fetch(`${url}/vo/availability`)).text();
  expect(await availability()).toMatch(/<vosi:available>false<\/vosi:available>\s*<vosi:note>the database does not answer/);
  expect((await fetch(`${url}/vo/capabilities`)).status).toBe(200);
  letGo();
  await Promise.all([first, ...more]);
  expect(await availability()).toContain("<vosi:available>true</vosi:available>");
});

test("a request is one line of the log: what it was and what became of it, and nothing of what was asked for", async () => {
  const lines: string[] = [];
  const url = await open(services, { logLevel: "info", logTo: { write: (line) => lines.push(line) } });
  const query = 'query Mine($id: SourceId!) { star(sourceId: $id) { ra prediction(model: "no-such") { stored } } }';
  const body = JSON.stringify({ query, variables: { id: "5853498713190525696" }, operationName: "Mine" });
  const headers = { "content-type": "application/json", "x-request-id": "request-of-mine" };
  await fetch(`${url}/graphql`, { method: "POST", headers, body });
  await fetch(`${url}/health/live`);
  const answered = lines.filter((line) => line.includes("answered"));
  expect(answered.map((line) => JSON.parse(line) as object)).toEqual([
    {
      ...{ level: 30, time: expect.any(Number), pid: expect.any(Number), hostname: expect.any(String), msg: "answered" },
      ...{ reqId: "request-of-mine", method: "POST", route: "/graphql", operation: "star", operationName: "Mine", status: 200 },
      ...{ milliseconds: expect.any(Number), requestBytes: body.length, responseBytes: expect.any(Number) },
    },
  ]);
  expect(answered[0]).not.toContain("5853498713190525696");
});
