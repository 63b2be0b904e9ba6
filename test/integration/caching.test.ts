import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gaiaPlan } from "../../src/catalogue/ingest/gaia-plan";
import { ingestFile } from "../../src/catalogue/ingest/ingest-file";
import { CountedCache } from "../../src/graphql/caching/counted-cache";
import { forcePromotion, rollback } from "../../src/models/registry/move-champion";
import { type CacheUse, cacheUsed } from "../../src/telemetry/signals";
import { type Data, openApi } from "../support/api";
import { openServices } from "../support/api-services";
import { DEMO_ONNX } from "../support/demo-features";
import { manifestDraft } from "../support/manifest";
import { insertStars } from "../support/stars";

type Api = Awaited<ReturnType<typeof openApi>>;

let services: Awaited<ReturnType<typeof openServices>>;
let api: Api;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "asterism-caching-"));
  services = await openServices();
  await insertStars(services.database, 5, 1001);
  await services.registry.register(manifestDraft(), DEMO_ONNX);
  api = await openApi(services);
});
afterAll(async () => {
  await api.app.close();
  await services.close();
  rmSync(folder, { recursive: true });
});

const QUERY = `query ($id: SourceId!) {
  star(sourceId: $id) { photGMeanMag prediction(model: "demo") { modelVersion { version } } }
  stars(first: 25) { nodes { sourceId } }
}`;
const VARIABLES = { id: "1001" };
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const persisted = (query: string) => ({ persistedQuery: { version: 1, sha256Hash: sha256(query) } });

async function post(body: object): Promise<{ data?: Data; errors?: { extensions: { code: string } }[] }> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${api.url}/graphql`, { method: "POST", headers, body: JSON.stringify(body) });
  return (await response.json()) as { data?: Data };
}

const get = (parameters: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${api.url}/graphql?${new URLSearchParams(parameters)}`, { headers: { "apollo-require-preflight": "1", ...headers } });

const byHash = (query: string, variables: object) => ({
  extensions: JSON.stringify(persisted(query)),
  variables: JSON.stringify(variables),
});

/** Whether nobody else writes: on a PostgreSQL server that other tests use, a state holds for moments. */
const isAlone = () => services.database.engine === "embedded";

/** What the caches did meanwhile. */
async function uses(work: () => Promise<unknown>): Promise<CacheUse[]> {
  const heard: CacheUse[] = [];
  const ignore = cacheUsed.hear((use) => heard.push(use));
  await work();
  ignore();
  return heard;
}

test("a query is parsed and validated once, and compiled when it is asked again and again", async () => {
  const query = "{ stars(first: 3) { nodes { sourceId bpRp } } }";
  const first = await uses(() => post({ query }));
  expect(first).toEqual([
    { cache: "document", hit: false },
    { cache: "compiled", hit: false },
  ]);
  await post({ query });
  expect(await uses(() => post({ query }))).toEqual([
    { cache: "document", hit: true },
    { cache: "compiled", hit: true },
  ]);
});

test("a persisted query is registered with its text and then asked by its hash, by POST and by GET", async () => {
  const unknown = await post({ extensions: persisted(QUERY), variables: VARIABLES });
  expect(unknown.errors?.[0]?.extensions.code).toBe("PERSISTED_QUERY_NOT_FOUND");
  const registered = await post({ query: QUERY, extensions: persisted(QUERY), variables: VARIABLES });
  expect(registered.data?.stars?.nodes?.length).toBe(5);
  expect(await post({ extensions: persisted(QUERY), variables: VARIABLES })).toEqual(registered);
  expect(await (await get(byHash(QUERY, VARIABLES))).json()).toEqual(registered);
  const wrong = await post({ query: "{ __typename }", extensions: persisted(QUERY) });
  expect(wrong.errors).toHaveLength(1);
});

test("a cache forgets what was used longest ago, and takes nothing that is larger than it", async () => {
  const cache = new CountedCache<string>("test", 10, (text) => text.length);
  await cache.set("a", "12345");
  await cache.set("b", "12345");
  await cache.get("a");
  await cache.set("c", "12345");
  await cache.set("d", "12345678901");
  expect(await Promise.all(["a", "b", "c", "d"].map((key) => cache.get(key)))).toEqual(["12345", undefined, "12345", undefined]);
});

test("an answer by GET is tagged, and not sent again while it holds; one with errors, or by POST, is not", async () => {
  const first = await get({ query: QUERY, variables: JSON.stringify(VARIABLES) });
  const etag = first.headers.get("etag")!;
  expect(etag).toMatch(/^"[\w-]{43}"$/);
  expect(first.headers.get("cache-control")).toBe("no-cache");
  const again = await get({ query: QUERY, variables: JSON.stringify(VARIABLES) }, { "if-none-match": `"other", ${etag}` });
  if (isAlone()) expect([again.status, again.headers.get("etag"), await again.text()]).toEqual([304, etag, ""]);
  const other = await get({ query: QUERY, variables: JSON.stringify({ id: "1002" }) }, { "if-none-match": etag });
  expect(other.status).toBe(200);
  const failed = await get({ query: '{ star(sourceId: "1001") { ra prediction(model: "no-such") { stored } } }' });
  expect(failed.headers.get("etag")).toBeNull();
});

test("a client that holds any answer at all is still told that its query is none", async () => {
  expect((await get({ query: "{ nothingOfTheKind }" }, { "if-none-match": "*" })).status).toBe(400);
});

/** The star's magnitude, the version that predicts it and how many stars there are, by every way to ask and keep. */
async function seen(): Promise<object[]> {
  const variables = VARIABLES;
  const answers = [await post({ query: QUERY, variables }), await post({ extensions: persisted(QUERY), variables })];
  answers.push((await (await get(byHash(QUERY, variables))).json()) as object);
  return answers.map(({ data }) => ({
    magnitude: data?.star?.photGMeanMag,
    version: data?.star?.prediction?.modelVersion?.version,
    stars: data?.stars?.nodes?.length,
  }));
}

/** A GET of the query, and an export, as a client keeps them: the answers' tags are kept too. */
class Client {
  private readonly tags = new Map<string, string>();

  private async fresh(url: string): Promise<boolean> {
    const kept = this.tags.get(url);
    const headers = { "apollo-require-preflight": "1", ...(kept && { "if-none-match": kept }) };
    const response = await fetch(url, { headers });
    await response.text();
    this.tags.set(url, response.headers.get("etag")!);
    return response.status === 200;
  }

  /** Whether each was sent, rather than said to hold still. */
  async fetch(): Promise<boolean[]> {
    const query = `${api.url}/graphql?${new URLSearchParams(byHash(QUERY, VARIABLES))}`;
    return [await this.fresh(query), await this.fresh(`${api.url}/export/stars?format=csv`)];
  }
}

test("what is ingested or promoted is seen by the very next request, through every cache", async () => {
  await post({ query: QUERY, extensions: persisted(QUERY), variables: VARIABLES });
  const client = new Client();
  expect(await client.fetch()).toEqual([true, true]);
  if (isAlone()) expect(await client.fetch()).toEqual([false, false]);
  expect(await seen()).toEqual(Array(3).fill({ magnitude: null, version: 1, stars: 5 }));

  const file = path.join(folder, "gaia.csv");
  writeFileSync(file, "source_id,ref_epoch,ra,dec,phot_g_mean_mag\n1001,2016,10,-30,12.5\n2001,2016,11,-30,13.5\n");
  await ingestFile(services.database, file, { kind: "gaia", plan: async (head) => gaiaPlan(head, 3), rejectsDir: folder, maxRejected: 0 });
  expect(await seen()).toEqual(Array(3).fill({ magnitude: 12.5, version: 1, stars: 6 }));
  expect(await client.fetch()).toEqual([true, true]);
  if (isAlone()) expect(await client.fetch()).toEqual([false, false]);

  await services.registry.register(manifestDraft(), DEMO_ONNX);
  await forcePromotion(services.database, "demo@2", "a test", async () => undefined);
  expect(await seen()).toEqual(Array(3).fill({ magnitude: 12.5, version: 2, stars: 6 }));
  expect((await client.fetch())[0]).toBe(true);
  await rollback(services.database, "demo", "a test");
  expect(await seen()).toEqual(Array(3).fill({ magnitude: 12.5, version: 1, stars: 6 }));
  expect((await client.fetch())[0]).toBe(true);
});
