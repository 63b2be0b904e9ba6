import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { createConnection } from "node:net";
import { EXPORT_TABLES } from "../../src/catalogue/export/tables";
import { AppError } from "../../src/errors";
import { TABLE_FORMAT_NAMES } from "../../src/formats/table-formats";
import type { Services } from "../../src/graphql/services";
import type { App } from "../../src/server/app";
import { openApi } from "../support/api";
import { openServices } from "../support/api-services";
import { copied, type OutputRow } from "../support/copied";

/** What a statement of an export answers: the n-th one, from 0, given the signal that cancels it. */
type Statement = (n: number, signal: AbortSignal) => Promise<readonly OutputRow[]>;

let statement: Statement;
let statements: number;
beforeEach(() => {
  statements = 0;
});
let services: Awaited<ReturnType<typeof openServices>>;
let app: App;
let url: string;
beforeAll(async () => {
  services = await openServices();
  const database: Services["database"] = {
    ...services.database,
    bulkCopy: async (_sql, form, signal) => copied(form, TYPES, await statement(statements++, signal!)),
  };
  ({ app, url } = await openApi({ ...services, database }));
});
afterAll(async () => {
  await app.close();
  await services.close();
});

const TYPES = EXPORT_TABLES.crossmatches.columns.map(({ type }) => type);
const MATCHES: OutputRow[] = Array.from({ length: 2000 }, (_, n) => [BigInt(n + 1), 3, "survey", `object ${n}`, null, "identifier"]);

/** The last of the chunks never comes: a statement that waits until it is cancelled, as PostgreSQL's does. */
const waits = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });

test.each(TABLE_FORMAT_NAMES.flatMap((format) => ["identity", "gzip"].map((encoding) => [format, encoding] as const)))(
  "%s (%s) never looks complete where the database is lost on the way",
  async (format, encoding) => {
    let lose: (error: Error) => void;
    const lost = new Promise<never>((_, reject) => {
      lose = reject;
    });
    statement = async (n) => (n === 0 ? MATCHES : lost);
    const response = await fetch(`${url}/export/crossmatches?format=${format}`, { headers: { "accept-encoding": encoding } });
    expect(response.status).toBe(200);
    lose!(new Error("terminating connection due to administrator command"));
    await expect(response.arrayBuffer()).rejects.toThrow();
  },
);

test.each(TABLE_FORMAT_NAMES)("%s cancels the statement under way when its client goes", async (format) => {
  let cancel: (reason: Error) => void;
  const cancelled = new Promise<Error>((resolve) => {
    cancel = resolve;
  });
  statement = async (n, signal) => {
    if (n === 0) return MATCHES;
    signal.addEventListener("abort", () => cancel(signal.reason as Error), { once: true });
    return waits(signal);
  };
  const client = get(`${url}/export/crossmatches?format=${format}`, { agent: false }).on("error", () => undefined);
  const [response] = (await once(client, "response")) as [IncomingMessage];
  await once(
    response.on("error", () => undefined),
    "data",
  );
  client.destroy();
  expect((await cancelled).message).toBe("The client is gone.");
});

test("what fails before the first rows is answered as an error", async () => {
  statement = async () => {
    throw new AppError("DATABASE", "PostgreSQL does not answer.");
  };
  const response = await fetch(`${url}/export/crossmatches`);
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ errors: [{ message: "PostgreSQL does not answer.", extensions: { code: "DATABASE" } }] });
});

test("a client that takes nothing holds the export back: few statements are read ahead of it", async () => {
  let read = 0;
  const long = "x".repeat(1000);
  statement = async (n) => {
    read = n + 1;
    return MATCHES.map(([id, ...cells]) => [(id as bigint) + BigInt(2000 * n), ...cells.slice(0, -1), long]);
  };
  const socket = createConnection(Number(new URL(url).port), "127.0.0.1");
  await once(socket, "connect");
  socket.write("GET /export/crossmatches HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await once(socket, "readable");
  // A whole other request goes to and fro meanwhile, many times the work of a statement that nothing held back.
  for (let round = 0; round < 50; round++) await (await fetch(`${url}/health/live`)).text();
  expect(read).toBeLessThan(20);
  socket.destroy();
});

test("HTTP/1.0, which could not tell a broken download from a whole one, is refused", async () => {
  const socket = createConnection(Number(new URL(url).port), "127.0.0.1");
  socket.write("GET /export/stars HTTP/1.0\r\n\r\n");
  const parts: Buffer[] = [];
  for await (const part of socket) parts.push(part as Buffer);
  expect(Buffer.concat(parts).toString()).toMatch(/^HTTP\/1\.[01] 400 .*needs HTTP\/1\.1/s);
});
