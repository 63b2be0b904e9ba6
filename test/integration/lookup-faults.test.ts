import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { TABLE_FORMAT_NAMES } from "../../src/formats/table-formats";
import type { Services } from "../../src/graphql/services";
import type { App } from "../../src/server/app";
import { openApi } from "../support/api";
import { openServices } from "../support/api-services";
import { copied, type OutputRow } from "../support/copied";

/** What the second statement of a look-up answers, given the signal that cancels it. */
let second: (signal: AbortSignal) => Promise<never>;
let statements: number;
let services: Awaited<ReturnType<typeof openServices>>;
let app: App;
let url: string;
beforeAll(async () => {
  services = await openServices();
  const rows: OutputRow[] = Array.from({ length: 5000 }, (_, n) => [BigInt(n + 1), false]);
  const database: Services["database"] = {
    ...services.database,
    bulkCopy: async (_sql, form, signal) => (statements++ === 0 ? copied(form, ["int64", "boolean"], rows) : second(signal!)),
  };
  ({ app, url } = await openApi({ ...services, database }));
});
beforeEach(() => {
  statements = 0;
});
afterAll(async () => {
  await app.close();
  await services.close();
});

/** Two chunks of ids. */
const IDS = Array.from({ length: 10_000 }, (_, n) => n + 1).join("\n");
const path = (format: string) => `${url}/lookup?columns=found&format=${format}`;

test.each(TABLE_FORMAT_NAMES)("%s never looks complete where the database is lost on the way", async (format) => {
  let lose: (error: Error) => void;
  const lost = new Promise<never>((_, reject) => {
    lose = reject;
  });
  second = () => lost;
  const response = await fetch(path(format), { method: "POST", body: IDS });
  expect(response.status).toBe(200);
  lose!(new Error("terminating connection due to administrator command"));
  await expect(response.arrayBuffer()).rejects.toThrow();
});

test("the statement under way is cancelled when the client goes", async () => {
  let cancel: (reason: Error) => void;
  const cancelled = new Promise<Error>((resolve) => {
    cancel = resolve;
  });
  second = (signal) =>
    new Promise((_, reject) => {
      signal.addEventListener("abort", () => {
        cancel(signal.reason as Error);
        reject(signal.reason as Error);
      });
    });
  const client = request(path("csv"), { method: "POST", agent: false }).on("error", () => undefined);
  client.end(IDS);
  const [response] = (await once(client, "response")) as [IncomingMessage];
  await once(
    response.on("error", () => undefined),
    "data",
  );
  client.destroy();
  expect((await cancelled).message).toBe("The client is gone.");
});

test("a file that is larger than is read is refused before it is sent", async () => {
  const client = request(path("csv"), { method: "POST", agent: false, headers: { "content-length": String(2 ** 30) } });
  client.on("error", () => undefined).flushHeaders();
  const [response] = (await once(client, "response")) as [IncomingMessage];
  expect(response.statusCode).toBe(400);
  client.destroy();
});
