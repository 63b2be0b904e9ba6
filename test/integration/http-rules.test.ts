import { request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import type { App } from "../../src/server/app";
import { createApp } from "../../src/server/app";
import { listen } from "../../src/server/listen";
import { openServices } from "../support/api-services";

let services: Awaited<ReturnType<typeof openServices>>;
const apps: App[] = [];
beforeAll(async () => {
  services = await openServices();
});
afterAll(async () => {
  for (const app of apps) await app.close();
  await services.close();
});

/** @returns the port */
async function serve(settings: object): Promise<number> {
  const app = await createApp({ logLevel: "silent", host: "127.0.0.1", concurrency: 8, ...settings });
  apps.push(app);
  await app.serve(services);
  return Number(new URL(await listen(app, { host: "127.0.0.1", port: 0 })).port);
}

interface Told {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

function send(port: number, method: string, path: string, headers: Record<string, string> = {}, body = ""): Promise<Told> {
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: "127.0.0.1", method, path, headers }, async (answer) =>
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: await text(answer) }),
    );
    sent.once("error", reject).end(body);
  });
}

test("on a loopback address only the names of this machine are answered: a rebound DNS name is not", async () => {
  const port = await serve({});
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, "LOCALHOST", `[::1]:${port}`])
    expect((await send(port, "GET", "/", { host })).status).toBe(200);
  const { status, body } = await send(port, "GET", "/", { host: "attacker.example" });
  expect([status, body]).toEqual([421, expect.stringContaining("ASTERISM_HOSTS")]);
  expect((await send(port, "GET", "/health/live", { host: "attacker.example" })).status).toBe(200);
});

test("where names are listed, they are the only ones; elsewhere any is answered", async () => {
  const listed = await serve({ hosts: ["api.example.org"] });
  expect((await send(listed, "GET", "/", { host: "api.example.org:443" })).status).toBe(200);
  expect((await send(listed, "GET", "/", { host: "localhost" })).status).toBe(421);
  const open = await serve({ host: "0.0.0.0" });
  expect((await send(open, "GET", "/", { host: "anything.example" })).status).toBe(200);
});

test("two Host headers are refused", async () => {
  const socket = connect(await serve({}), "127.0.0.1");
  socket.write("GET / HTTP/1.1\r\nHost: localhost\r\nHost: other.example\r\nConnection: close\r\n\r\n");
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /);
});

test.each([
  ["PUT", "/graphql", "GET, HEAD, POST"],
  ["POST", "/export/stars", "GET, HEAD"],
  ["GET", "/lookup", "POST"],
])("%s %s is told which methods there are", async (method, path, allow) => {
  const { status, headers } = await send(await serve({}), method, path, { host: "localhost" });
  expect([status, headers.allow]).toEqual([405, allow]);
});

test("a path that there is not is 404, whatever the method", async () => {
  const { status, headers } = await send(await serve({}), "PUT", "/nothing", { host: "localhost" });
  expect([status, headers.allow]).toEqual([404, undefined]);
});

test("an encoded body is not read", async () => {
  const port = await serve({});
  const headers = { host: "localhost", "content-type": "application/json", "content-encoding": "gzip" };
  const { status, headers: told, body } = await send(port, "POST", "/graphql", headers, '{"query":"{__typename}"}');
  expect([status, told["accept-encoding"], body]).toEqual([415, "identity", expect.stringContaining("without Content-Encoding")]);
});

test("metrics are for whoever has the token, where one is set", async () => {
  const open = await serve({});
  expect((await send(open, "GET", "/metrics", { host: "localhost" })).status).toBe(200);
  const port = await serve({ metricsToken: "0123456789abcdef" });
  const ask = async (authorization: string) => (await send(port, "GET", "/metrics", { host: "localhost", authorization })).status;
  expect([await ask(""), await ask("Bearer 0123456789abcdeX"), await ask("Bearer 0123456789abcdef")]).toEqual([401, 401, 200]);
});
