import { once } from "node:events";
import { type ClientRequest, type IncomingMessage, type RequestOptions, request } from "node:http";
import { createConnection, type Socket } from "node:net";
import Fastify, { type FastifyInstance } from "fastify";
import { EXPORT_TABLES } from "../../src/catalogue/export/tables";
import { bulkRoutes } from "../../src/server/bulk/bulk-routes";
import { openServices } from "../support/api-services";
import { copied, type OutputRow } from "../support/copied";

/** A chunk of 2 MB, of which the kernel holds no ten for a client that takes nothing. */
const ROWS: OutputRow[] = Array.from({ length: 4000 }, (_, n) => [BigInt(n + 1), 3, "survey", "x".repeat(500), null, "identifier"]);
const CHUNKS = 10;
const TYPES = EXPORT_TABLES.crossmatches.columns.map(({ type }) => type);

let services: Awaited<ReturnType<typeof openServices>>;
let http: FastifyInstance;
let url: URL;
let time = 0;
/** all statements of any kind */
let statements = 0;
beforeAll(async () => {
  services = await openServices();
  const database: typeof services.database = {
    ...services.database,
    query: (...given) => services.database.query(...given).finally(() => statements++) as never,
    bulkCopy: async (sql, form) => {
      statements++;
      const last = Number(/source_id > \((\d+)\)/.exec(sql)?.[1] ?? 0);
      const rows = last < CHUNKS * ROWS.length ? ROWS.map(([id, ...cells]) => [(id as bigint) + BigInt(last), ...cells]) : [];
      return copied(form, TYPES, rows);
    },
  };
  http = Fastify();
  await http.register(bulkRoutes, { services: () => ({ ...services, database }), now: () => time });
  url = new URL(await http.listen({ host: "127.0.0.1", port: 0 }));
});
afterAll(async () => {
  await http.close();
  await services.close();
});
const opened: Socket[] = [];
afterEach(async () => {
  for (const socket of opened.splice(0)) socket.destroy();
  const connections = () => new Promise<number>((resolve) => http.server.getConnections((_error, count) => resolve(count)));
  while ((await connections()) > 0) await new Promise(setImmediate);
});

/** One that asks for something and takes no more of the answer than its head. */
async function idle(localAddress: string, text: string): Promise<Socket> {
  const socket = createConnection({ port: Number(url.port), host: "127.0.0.1", localAddress });
  opened.push(socket.on("error", () => undefined));
  socket.write(text);
  await once(socket, "readable");
  return socket;
}

const EXPORT = "GET /export/crossmatches HTTP/1.1\r\nHost: here\r\n\r\n";
const idleExports = (localAddress: string, count: number) => Promise.all(Array.from({ length: count }, () => idle(localAddress, EXPORT)));

/** Half a body: the rest never comes. */
const UPLOAD = "POST /lookup HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\nsource_id\n1\n";

function ask(path: string, options: RequestOptions = {}, body = ""): ClientRequest {
  const client = request(new URL(path, url), { agent: false, ...options });
  client.end(body);
  return client;
}

async function answer(client: ClientRequest) {
  const [response] = (await once(client, "response")) as [IncomingMessage];
  let bytes = 0;
  for await (const part of response) bytes += (part as Buffer).length;
  return { status: response.statusCode, headers: response.headers, bytes };
}

const CROSSMATCHES = "/export/crossmatches";
const SECOND_ADDRESS = { localAddress: "127.0.0.2" };

test("however many clients take nothing, those that do are served", async () => {
  await idleExports("127.0.0.1", 7);
  await idleExports("127.0.0.2", 7);
  const { status, bytes } = await answer(ask(CROSSMATCHES));
  expect(status).toBe(200);
  expect(bytes).toBeGreaterThan(CHUNKS * ROWS.length * 500);
});

test("an address that has half of the places is refused more, without a statement, and others are not", async () => {
  await idleExports("127.0.0.1", 8);
  const before = statements;
  const refused = await answer(ask(CROSSMATCHES));
  expect(refused).toMatchObject({ status: 503, headers: { "retry-after": "30" } });
  expect((await answer(ask("/lookup", { method: "POST" }, "1"))).status).toBe(503);
  expect(statements).toBe(before);
  expect((await answer(ask(CROSSMATCHES, SECOND_ADDRESS))).status).toBe(200);
});

test("what has not changed is told, and a head given, while all places are taken", async () => {
  await idleExports("127.0.0.1", 8);
  await idleExports("127.0.0.2", 8);
  const head = () => answer(ask(CROSSMATCHES, { method: "HEAD" }));
  const again = async () => answer(ask(CROSSMATCHES, { headers: { "if-none-match": (await head()).headers.etag! } }));
  let unchanged = await again();
  // The database's own work, as autovacuum, may change the tag in between.
  for (let tries = 0; unchanged.status !== 304 && tries < 20; tries++) unchanged = await again();
  expect(unchanged).toMatchObject({ status: 304, bytes: 0 });
  expect(await head()).toMatchObject({ status: 200, bytes: 0 });
});

test("half-sent files hold up no download", async () => {
  await Promise.all(Array.from({ length: 7 }, () => idle("127.0.0.1", UPLOAD)));
  expect((await answer(ask(CROSSMATCHES))).status).toBe(200);
});

test.each([
  ["downloads that hardly move", EXPORT],
  ["uploads that hardly move", UPLOAD],
])("%s give their places to others, and are cut off visibly", async (_what, text) => {
  const sockets = await Promise.all(Array.from({ length: 8 }, () => idle("127.0.0.1", text)));
  expect((await answer(ask(CROSSMATCHES))).status).toBe(503);
  time += 31_000;
  expect((await answer(ask(CROSSMATCHES))).status).toBe(200);
  const cut = await Promise.race(sockets.map((socket) => once(socket.resume(), "close").then(() => socket)));
  expect(sockets).toContain(cut);
});
