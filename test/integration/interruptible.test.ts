import { request } from "node:http";
import type { Database } from "../../src/database/database";
import type { App } from "../../src/server/app";
import { openApi } from "../support/api";
import { openServices } from "../support/api-services";

let services: Awaited<ReturnType<typeof openServices>>;
beforeAll(async () => {
  services = await openServices();
});
afterAll(() => services.close());

const REASON = new Error("nobody waits for it any more");

test("work that nobody waits for is not begun, and other work is done on one connection", async () => {
  const { database } = services;
  await expect(database.interruptible(AbortSignal.abort(REASON), () => database.query("SELECT 1"))).rejects.toBe(REASON);
  expect(await database.interruptible(new AbortController().signal, (queries) => queries.query("SELECT 1 AS one"))).toEqual([{ one: 1 }]);
});

/** The embedded engine runs one statement at a time and cannot be interrupted. */
const onServer = process.env.ASTERISM_TEST_DATABASE_URL ? test : test.skip;

onServer("aborting cancels the statement under way on the server", async () => {
  const { database } = services;
  const stop = new AbortController();
  const refused = expect(database.interruptible(stop.signal, (queries) => queries.query("SELECT pg_sleep(600)"))).rejects.toBe(REASON);
  const active = async () =>
    (await database.query("SELECT FROM pg_stat_activity WHERE state = 'active' AND query = 'SELECT pg_sleep(600)'")).length;
  while ((await active()) === 0);
  stop.abort(REASON);
  await refused;
  expect(await active()).toBe(0);
});

describe("a search of the sky", () => {
  let app: App;
  let url: string;
  let cancelled: Promise<unknown>;
  let begun: Promise<void>;
  beforeAll(async () => {
    let begin: () => void;
    let cancel: (reason: unknown) => void;
    begun = new Promise((resolve) => {
      begin = resolve;
    });
    cancelled = new Promise((resolve) => {
      cancel = resolve;
    });
    // A search that never ends by itself, as one of a rare filter hardly does.
    const interruptible: Database["interruptible"] = (signal) => {
      begin();
      return new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => {
          cancel(signal.reason);
          reject(signal.reason as Error);
        });
      });
    };
    ({ app, url } = await openApi({ ...services, database: { ...services.database, interruptible } }));
  });
  afterAll(() => app.close());

  test("is cancelled when its client goes", async () => {
    const client = request(`${url}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, agent: false });
    client.on("error", () => undefined);
    client.end(JSON.stringify({ query: "{ coneSearch(ra: 0, dec: 0, radiusArcsec: 5) { nodes { ra } } }" }));
    await begun;
    client.destroy();
    expect(await cancelled).toMatchObject({ message: "The client is gone." });
  });
});
