import { readVariable } from "../../src/config";
import type { App } from "../../src/server/app";
import { createApp } from "../../src/server/app";
import { listen } from "../../src/server/listen";
import { openServices } from "../support/api-services";

const PAGE = "https://survey.example.org";
const PREFLIGHT = { "access-control-request-method": "POST", "access-control-request-headers": "content-type" };
const BODY = { method: "POST", body: JSON.stringify({ query: "{ status { version } }" }) };

let services: Awaited<ReturnType<typeof openServices>>;
const apps: App[] = [];
beforeAll(async () => {
  services = await openServices();
});
afterAll(async () => {
  for (const app of apps) await app.close();
  await services.close();
});

async function serve(settings: object): Promise<string> {
  const app = await createApp({ logLevel: "silent", host: "127.0.0.1", ...settings });
  apps.push(app);
  await app.serve(services);
  return listen(app, { host: "127.0.0.1", port: 0 });
}

const allowed = ({ headers }: Response) => headers.get("access-control-allow-origin");
const ask = (url: string, origin: string) => fetch(`${url}/graphql`, { ...BODY, headers: { "content-type": "application/json", origin } });

test("a page of another origin may read nothing unless its origin is listed", async () => {
  const url = await serve({});
  const answer = await ask(url, PAGE);
  expect([answer.status, allowed(answer)]).toEqual([200, null]);
  const preflight = await fetch(`${url}/graphql`, { method: "OPTIONS", headers: { origin: PAGE, ...PREFLIGHT } });
  expect([preflight.status, allowed(preflight)]).toEqual([405, null]);
});

test("a listed origin may ask and read, and no other may", async () => {
  const url = await serve({ corsOrigins: [PAGE] });
  const preflight = await fetch(`${url}/graphql`, { method: "OPTIONS", headers: { origin: PAGE, ...PREFLIGHT } });
  expect([preflight.status, allowed(preflight), preflight.headers.get("access-control-allow-headers")]).toEqual([
    204,
    PAGE,
    "content-type",
  ]);
  const answer = await ask(url, PAGE);
  expect([answer.status, allowed(answer), answer.headers.get("vary")]).toEqual([200, PAGE, expect.stringContaining("origin")]);
  expect(answer.headers.get("access-control-expose-headers")).toContain("etag");
  const other = await ask(url, "https://other.example");
  expect([other.status, allowed(other), other.headers.get("vary")]).toEqual([200, null, expect.stringContaining("origin")]);
  const refused = await fetch(`${url}/graphql`, { method: "OPTIONS", headers: { origin: "https://other.example", ...PREFLIGHT } });
  expect([refused.status, allowed(refused)]).toEqual([405, null]);
});

test("a download and an error can be read too, and say what they vary by", async () => {
  const url = await serve({ corsOrigins: [PAGE] });
  const headers = { origin: PAGE };
  const download = await fetch(`${url}/export/stars?format=csv`, { headers });
  expect([download.status, allowed(download), download.headers.get("vary")]).toEqual([200, PAGE, "accept-encoding, origin"]);
  await download.text();
  const error = await fetch(`${url}/nothing`, { headers });
  expect([error.status, allowed(error)]).toEqual([404, PAGE]);
});

test("a refusal for too much load can be read", async () => {
  const url = await serve({ corsOrigins: ["*"], clientBudget: 1, trustedProxies: ["127.0.0.1"], concurrency: 8 });
  const answers = [await ask(url, PAGE), await ask(url, PAGE)];
  expect(answers.map((answer) => [answer.status, allowed(answer)])).toEqual([
    [429, "*"],
    [429, "*"],
  ]);
});

test.each(["survey.example.org", "https://survey.example.org/page", "https://a.example https://b.example", "null"])(
  "an origin such as %s is refused",
  (value) =>
    expect(() => readVariable("ASTERISM_CORS_ORIGINS", { ASTERISM_CORS_ORIGINS: value })).toThrow(/^ASTERISM_CORS_ORIGINS must be origins/),
);

test("several origins stand between commas", () =>
  expect(readVariable("ASTERISM_CORS_ORIGINS", { ASTERISM_CORS_ORIGINS: `${PAGE}, http://localhost:5173` })).toEqual([
    PAGE,
    "http://localhost:5173",
  ]));
