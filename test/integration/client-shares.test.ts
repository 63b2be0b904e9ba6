import { createApp } from "../../src/server/app";
import { listen } from "../../src/server/listen";
import { openServices } from "../support/api-services";

let services: Awaited<ReturnType<typeof openServices>>;
beforeAll(async () => {
  services = await openServices();
});
afterAll(() => services.close());

async function serve({ clientBudget = 0, database = services.database }) {
  const app = await createApp({ logLevel: "silent", concurrency: 8, trustedProxies: ["127.0.0.1"], clientBudget });
  await app.serve({ ...services, database, maxPageSize: 1000 });
  const url = await listen(app, { host: "127.0.0.1", port: 0 });
  const ask = (client: string, query: string) =>
    fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-forwarded-for": client },
      body: JSON.stringify({ query }),
    });
  return { app, ask };
}

test("answers tell what is left of a client's budget, and 429 when it is spent", async () => {
  const { app, ask } = await serve({ clientBudget: 500 });
  const query = "{ stars(first: 99) { nodes { ra } } }"; // 200 + 99 * 2
  const first = await ask("192.0.2.7", query);
  expect([first.status, first.headers.get("ratelimit-policy")]).toEqual([200, '"cost";q=500;w=60']);
  expect(first.headers.get("ratelimit")).toMatch(/^"cost";r=102;t=(60|59)$/);
  const second = await ask("192.0.2.7", query);
  expect(second.status).toBe(429);
  expect(Number(second.headers.get("retry-after"))).toBeGreaterThan(50);
  const { errors } = (await second.json()) as { errors: { extensions: { code: string } }[] };
  expect(errors[0]?.extensions.code).toBe("RATE_LIMITED");
  const third = await ask("192.0.2.7", "{ __typename }"); // at the door
  expect([third.status, third.headers.get("content-type")]).toEqual([429, "application/json; charset=utf-8"]);
  expect((await ask("192.0.2.8", query)).status).toBe(200);
  await app.close();
});

test("a single star is answered while one client's dear queries hold all dear places", async () => {
  const held: (() => void)[] = [];
  let holds = true;
  const { database } = services;
  const prepared: typeof database.prepared = async (name, sql, parameters) => {
    if (holds && sql.includes("ORDER BY")) await new Promise<void>((go) => held.push(go));
    return database.prepared(name, sql, parameters);
  };
  const { app, ask } = await serve({ database: { ...database, prepared } });
  const dear = `{ ${Array.from({ length: 30 }, (_, n) => `a${n}: stars(first: 500) { nodes { ra } }`).join(" ")} }`;
  const greedy = Promise.all(Array.from({ length: 24 }, () => ask("192.0.2.7", dear)));
  const star = await ask("192.0.2.8", '{ star(sourceId: "1") { ra } }');
  expect([star.status, await star.json()]).toEqual([200, { data: { star: null } }]);
  expect(held.length).toBeGreaterThan(0);
  holds = false;
  for (const go of held) go();
  const statuses = (await greedy).map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set([200, 503]));
  await app.close();
});
