import { once } from "node:events";
import { createConnection, type Socket } from "node:net";
import type { Services } from "../../src/graphql/services";
import { type App, createApp } from "../../src/server/app";
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

async function open(served: Services, concurrency: number) {
  const app = await createApp({ logLevel: "silent", concurrency });
  opened.push(app);
  await app.serve(served);
  const url = await listen(app, { host: "127.0.0.1", port: 0 });
  return { app, url };
}

const STARS = "{ stars { nodes { ra } } }";
const NOTHING = "{ __typename }";

function graphqlRequest(query: string): string {
  const body = JSON.stringify({ query });
  return `POST /graphql HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

/** One connection that sends all requests at once (HTTP pipelining) and takes no answer. */
function send(url: string, ...requests: string[]): Socket {
  const socket = createConnection(Number(new URL(url).port), "127.0.0.1");
  socket.pause().write(requests.join(""));
  return socket;
}

/** Not to be taken for a client that is still there. */
const headers = { connection: "close", "content-type": "application/json" };

const ask = (url: string, query: string) => fetch(`${url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }) });

/** Resolves once the server knows that its clients are gone. */
async function hangUp({ http: { server } }: App, ...sockets: Socket[]): Promise<void> {
  const connections = () =>
    new Promise<number>((resolve, reject) => server.getConnections((error, n) => (error ? reject(error) : resolve(n))));
  for (const socket of sockets) await once(socket.destroy(), "close");
  while ((await connections()) > 0) await new Promise(setImmediate);
}

/** @returns how many requests run beside the one that asks for it */
async function running(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`, { headers })).text();
  return Number(/asterism_requests_under_way\{state="running"\} (\d+)/.exec(metrics)?.[1]) - 1;
}

test("an answer that waits for its turn on its connection keeps no other request waiting", async () => {
  const { held, letGo, asked } = heldBack(services);
  const { app, url } = await open(held, 2);
  const socket = send(url, graphqlRequest(STARS), graphqlRequest(NOTHING));
  await asked();
  expect((await ask(url, NOTHING)).status).toBe(200);
  letGo();
  await hangUp(app, socket);
});

test("requests that came one behind the other leave with their connection", async () => {
  const { held, letGo } = heldBack(services);
  const { app, url } = await open(held, 8);
  const socket = send(url, ...Array.from({ length: 6 }, () => graphqlRequest(STARS)));
  // Not counted in statements, which requests may share.
  while ((await running(url)) < 6) await new Promise(setImmediate);
  await hangUp(app, socket);
  expect(await running(url)).toBe(0);
  letGo();
});

test("a client that is gone before its download begins takes no place", async () => {
  const { held, letGo, asked } = heldBack(services);
  const { app, url } = await open(held, 8);
  const sockets = Array.from({ length: 4 }, () => send(url, "GET /export/stars HTTP/1.1\r\nHost: here\r\n\r\n"));
  await asked(4);
  await hangUp(app, ...sockets);
  letGo();
  const download = await fetch(`${url}/export/stars`);
  expect(download.status).toBe(200);
  await download.arrayBuffer();
});
