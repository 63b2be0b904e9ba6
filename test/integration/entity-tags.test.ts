import { jest } from "@jest/globals";
import { TABLE_FORMAT_NAMES } from "../../src/formats/table-formats";
import { forcePromotion } from "../../src/models/registry/move-champion";
import type { App } from "../../src/server/app";
import { backfill } from "../../training/backfill/backfill";
import { openApi } from "../support/api";
import { openServices } from "../support/api-services";
import { DEMO_ONNX } from "../support/demo-features";
import { manifestDraft } from "../support/manifest";
import { insertNamedStars } from "../support/named-stars";
import { insertStars } from "../support/stars";

let services: Awaited<ReturnType<typeof openServices>>;
let app: App;
let url: string;
beforeAll(async () => {
  services = await openServices();
  const { database, registry } = services;
  await insertNamedStars(database);
  await database.script("SELECT setval(pg_get_serial_sequence('catalogue', 'id'), 10)");
  await insertStars(database, 6, 1000);
  await registry.register(manifestDraft(), DEMO_ONNX);
  await registry.register(manifestDraft(), DEMO_ONNX);
  ({ app, url } = await openApi(services));
});
afterAll(async () => {
  await app.close();
  await services.close();
});

async function ask(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(url + path, { headers: { "accept-encoding": "identity", ...headers } });
  return { status: response.status, tag: response.headers.get("etag"), text: await response.text(), headers: response.headers };
}

const again = (path: string, tag: string | null) => ask(path, { "if-none-match": tag! });

test.each(TABLE_FORMAT_NAMES)("an export as %s that has not changed is not sent again", async (format) => {
  const path = `/export/stars?format=${format}`;
  let first = await ask(path);
  expect([first.status, first.headers.get("cache-control"), first.headers.get("vary")]).toEqual([200, "no-cache", "accept-encoding"]);
  let second = await again(path, `"other", ${first.tag}`);
  // A server's own autovacuum is a transaction too: it changes the tag, at most once a table.
  for (let vacuumed = 0; second.status === 200 && second.tag !== first.tag && vacuumed < 20; vacuumed++) {
    [first, second] = [second, await again(path, second.tag)];
  }
  expect(second).toMatchObject({ status: 304, tag: first.tag, text: "" });
});

test("an export that is asked for on another day is not sent again, and one that is sent names its own day", async () => {
  const path = "/export/stars?format=votable";
  const first = await ask(path);
  const tomorrow = jest.spyOn(Date.prototype, "toISOString").mockReturnValue("2039-01-01T00:00:00.000Z");
  try {
    const second = await ask(path);
    expect(second.text).toContain('name="request_date" value="2039-01-01"');
    // A server's own autovacuum is a transaction too, and changes the tag.
    if (services.database.engine === "embedded") expect(second.tag).toBe(first.tag);
    expect(second.tag).toMatch(/^W\/"/);
  } finally {
    tomorrow.mockRestore();
  }
});

test("another table, filter, format, place or compression has another tag", async () => {
  const paths = [
    "stars",
    "labels",
    "stars?format=ndjson",
    "stars?after=102",
    "stars?release=DR2",
    "stars?about=true",
    'stars?filter={"synthetic":true}',
  ];
  const tags = await Promise.all(paths.map(async (path) => (await ask(`/export/${path}`)).tag));
  tags.push((await ask("/export/stars", { "accept-encoding": "gzip" })).tag);
  expect(new Set(tags).size).toBe(tags.length);
});

/** Everything that may change what a download holds. */
const WRITES: [string, string, () => Promise<unknown>][] = [
  ["a star comes", "stars", () => insertStars(services.database, 1, 2000)],
  ["a star is updated in place", "stars", () => services.database.script("UPDATE star SET parallax = 9 WHERE source_id = 102")],
  ["a label goes", "labels", () => services.database.script("DELETE FROM survey_label WHERE object_id = '2M2'")],
  ["a catalogue is renamed", "crossmatches", () => services.database.script("UPDATE catalogue SET name = 'renamed' WHERE id = 1")],
  [
    "a backfill goes on",
    "predictions?model=demo@1",
    async () => {
      const { database, predictor, registry } = services;
      await backfill(database, predictor, await registry.resolve("demo@1"), { release: 3, rangeSize: 100 });
    },
  ],
  ["a version is promoted", "predictions?model=demo", () => forcePromotion(services.database, "demo@2", "a test", async () => undefined)],
];

test.each(WRITES)("once %s, %s is sent anew", async (_what, path, write) => {
  const first = await ask(`/export/${path}`);
  await write();
  const second = await again(`/export/${path}`, first.tag);
  expect(second.status).toBe(200);
  expect(second.text).not.toBe(first.text);
});

test("work that is not committed shows neither in an export nor in its tag, and changes it when it is", async () => {
  if (services.database.engine === "embedded") return; // one transaction at a time: nothing is read meanwhile
  const first = await ask("/export/stars");
  const during = await services.database.transaction(async (queries) => {
    await queries.query("UPDATE star SET parallax = 8 WHERE source_id = 102");
    return again("/export/stars", first.tag);
  });
  const after = await again("/export/stars", during.tag ?? first.tag);
  expect(during.status === 304 || during.text === first.text).toBe(true);
  expect([after.status, after.text === first.text]).toEqual([200, false]);
});

test("a refused export has no tag", async () => {
  expect(await ask("/export/stars?after=x")).toMatchObject({ status: 400, tag: null });
});

test("a version's manifest may be kept for ever, and is not sent twice", async () => {
  const first = await ask("/models/demo/1");
  expect(JSON.parse(first.text)).toMatchObject({
    model: "demo",
    version: 1,
    outputs: [{ kind: "quantity", name: "teff" }],
    artifact: { bytes: DEMO_ONNX.length },
  });
  expect(first.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(await again("/models/demo/1", first.tag)).toMatchObject({ status: 304, text: "" });
  expect((await ask("/models/demo/2")).tag).not.toBe(first.tag);
  expect(await ask("/models/demo/champion")).toMatchObject({ status: 400, tag: null });
  expect(await ask("/models/demo/9")).toMatchObject({ status: 404, tag: null });
});
