import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { EXPORT_NAMES } from "../../src/catalogue/export/tables";
import { TABLE_FORMAT_NAMES, type TableFormatName } from "../../src/formats/table-formats";
import type { App } from "../../src/server/app";
import { backfill } from "../../training/backfill/backfill";
import { type Ask, openApi } from "../support/api";
import { openServices } from "../support/api-services";
import { decodeTable, type TextRow } from "../support/decode-table";
import { DEMO_ONNX } from "../support/demo-features";
import { manifestDraft } from "../support/manifest";
import { BRIGHT_STAR, insertNamedStars } from "../support/named-stars";
import { insertStars } from "../support/stars";

let services: Awaited<ReturnType<typeof openServices>>;
let app: App;
let url: string;
let ask: Ask;
beforeAll(async () => {
  services = await openServices();
  const { database, predictor, registry } = services;
  await insertNamedStars(database);
  await database.script("SELECT setval(pg_get_serial_sequence('catalogue', 'id'), 10)");
  await insertStars(database, 6, 1000);
  // The second of three points rejected; a star without errors, by phase.
  await database.script(`INSERT INTO light_curve (release, source_id, catalogue_id, band, folded, time, mag, mag_error, rejected) VALUES
      (3, 102, 1, 'G', false, '{1700.25,1701.5,1702}', '{15.5,15.25,15.125}', '{0.5,NULL,0.25}', '\\x40'),
      (3, 103, 1, 'BP', true, '{0.25,0.5}', '{14.5,14.25}', '{}', NULL);
    INSERT INTO variability (release, source_id, catalogue_id, band, method, type, period, phi31, epochs) VALUES
      (3, 102, 1, 'G', 'computed', 'RRab', 0.5625, 5.25, 3), (3, 102, 1, '', 'published', NULL, 0.5, NULL, NULL)`);
  await backfill(database, predictor, await registry.register(manifestDraft(), DEMO_ONNX), { release: 3, rangeSize: 100 });
  ({ app, url, ask } = await openApi(services));
});
afterAll(async () => {
  await app.close();
  await services.close();
});

const path = (what: string, parameters: Record<string, string> = {}) =>
  `${url}/export/${what}?${new URLSearchParams({ ...(["predictions", "predicted-stars"].includes(what) && { model: "demo" }), ...parameters })}`;

async function exported(what: string, format: TableFormatName, parameters: Record<string, string> = {}): Promise<TextRow[]> {
  const response = await fetch(path(what, { format, ...parameters }));
  expect(response.status).toBe(200);
  return decodeTable(format, Buffer.from(await response.arrayBuffer()));
}

const starIds = async (filter: object) =>
  (await exported("stars", "csv", { filter: JSON.stringify(filter) })).map(({ source_id }) => source_id);

describe.each(EXPORT_NAMES)("the table %s", (what) => {
  test.each(TABLE_FORMAT_NAMES)("says the same as %s and as CSV, by source_id", async (format) => {
    const rows = await exported(what, format);
    expect(rows).toEqual(await exported(what, "csv"));
    const ids = rows.map(({ source_id }) => BigInt(source_id!));
    expect(ids).toEqual(ids.toSorted((a, b) => (a < b ? -1 : Number(a > b))));
    expect(rows.length).toBeGreaterThan(1);
  });
});

test.each(TABLE_FORMAT_NAMES)("light curves in %s are a row a point, with what was rejected", async (format) => {
  const rows = await exported("light-curves", format);
  const of = (name: string) => rows.map((row) => row[name]);
  expect(of("time")).toEqual(["1700.25", "1701.5", "1702", "0.25", "0.5"]);
  expect(of("mag_error")).toEqual(["0.5", null, "0.25", null, null]);
  expect(of("rejected")).toEqual(["false", "true", "false", "false", "false"]);
});

test.each(TABLE_FORMAT_NAMES)("a star's row in %s holds what GraphQL answers, to the last digit of its id", async (format) => {
  const { data } = await ask(
    `{ star(sourceId: ${BRIGHT_STAR}) { sourceId synthetic ra dec parallax photGMeanMag bpRp teffGspphot ruwe } }`,
  );
  const star = data?.star as unknown as Record<string, unknown>;
  const row = (await exported("stars", format)).at(-1)!;
  expect(row.source_id).toBe(String(BRIGHT_STAR));
  const answered = [
    row.source_id,
    row.synthetic,
    row.ra,
    row.dec,
    row.parallax,
    row.phot_g_mean_mag,
    row.bp_rp,
    row.teff_gspphot,
    row.ruwe,
  ];
  expect(answered).toEqual(Object.values(star).map((value) => (value === null ? null : String(value))));
});

test("labels, photometry, cross-matches and predictions are GraphQL's", async () => {
  const { data } = await ask(`{ star(sourceId: ${BRIGHT_STAR}) {
    photometry { catalogue objectId band mag magError } crossmatches { catalogue objectId separation method }
    surveyLabels { survey objectId teff feh flags } }
    predicted: star(sourceId: 1002) { prediction(model: "demo") { labels { parameter value uncertainty } } } }`);
  const of = async (what: string, id: bigint, names: string[]) =>
    (await exported(what, "ndjson")).filter((row) => row.source_id === String(id)).map((row) => names.map((name) => row[name]));
  const texts = (rows: unknown) =>
    (rows as object[]).map((row) => Object.values(row).map((value) => (value === null ? null : String(value))));
  expect(await of("photometry", BRIGHT_STAR, ["catalogue", "object_id", "band", "mag", "mag_error"])).toEqual(
    texts(data?.star?.photometry),
  );
  expect(await of("crossmatches", BRIGHT_STAR, ["catalogue", "object_id", "separation", "method"])).toEqual(
    texts(data?.star?.crossmatches),
  );
  expect(await of("labels", BRIGHT_STAR, ["survey", "object_id", "teff", "feh", "flags"])).toEqual(texts(data?.star?.surveyLabels));
  expect(await of("predictions", 1002n, ["label", "value", "uncertainty"])).toEqual(texts(data?.predicted?.prediction?.labels));
});

test.each([
  [{}],
  [{ photGMeanMag: { max: 12.3 } }],
  [{ synthetic: true }],
  [{ position: { ra: { min: 350, max: 20 } } }],
  [{ or: [{ bpRp: { min: 1 } }, { teffGspphot: { min: 5500 } }] }],
  [{ surveyLabel: { survey: "apogee-test", label: "feh", max: 0 } }],
])("the filter %j chooses the stars that GraphQL's does", async (filter) => {
  const { data } = await ask("query ($filter: StarFilter) { stars(first: 25, filter: $filter) { nodes { sourceId } } }", { filter });
  const nodes = data?.stars?.nodes as unknown as { sourceId: string }[];
  expect(await starIds(filter)).toEqual(nodes.map(({ sourceId }) => sourceId));
});

test("an export goes on behind a star, and is narrowed by release and survey", async () => {
  const all = await exported("stars", "csv");
  expect(await exported("stars", "csv", { after: "102" })).toEqual(all.slice(2));
  expect(await exported("stars", "parquet", { after: String(BRIGHT_STAR) })).toEqual([]);
  expect((await exported("stars", "csv", { release: "DR2" })).map(({ parallax }) => parallax)).toEqual(["7"]);
  expect((await exported("labels", "arrow", { survey: "galah-test" })).map(({ object_id }) => object_id)).toEqual(["G1"]);
});

test("a download says its type, its order and, at its end, its last star", async () => {
  const [response] = (await once(get(path("crossmatches", { format: "ndjson" })), "response")) as [IncomingMessage];
  expect(response.headers).toMatchObject({
    "content-type": "application/x-ndjson",
    "content-disposition": 'attachment; filename="crossmatches.ndjson"',
    "asterism-order": "source_id",
    "transfer-encoding": "chunked",
  });
  await once(response.resume(), "end");
  expect(response.trailers).toEqual({ "asterism-last-source-id": String(BRIGHT_STAR) });
});

test("a download is compressed where the client can take it, but for Parquet, which is already", async () => {
  const encoding = async (format: string, accepted: string) =>
    (await fetch(path("stars", { format }), { headers: { "accept-encoding": accepted } })).headers.get("content-encoding");
  expect(await encoding("csv", "gzip")).toBe("gzip");
  expect(await encoding("csv", "gzip;q=0, br")).toBeNull();
  expect(await encoding("parquet", "gzip")).toBeNull();
});

test.each([
  ["/export/star", 404, "What is exported must be one of stars"],
  ["/export/constructor", 404, "What is exported must be one of stars"],
  ["/export/stars?format=xlsx", 400, "format must be one of"],
  ["/export/stars?limit=3", 400, "no parameter 'limit'"],
  ["/export/stars?format=csv&format=csv", 400, "may be given once"],
  ["/export/stars?release=1", 400, "The release must be DR2, DR3 or DR4"],
  ["/export/stars?after=1;DROP TABLE star", 400, "after must be a source_id"],
  ["/export/stars?after=9223372036854775808", 400, "after must be a source_id"],
  ["/export/stars?filter={", 400, "not JSON"],
  ['/export/stars?filter={"bpRp":{"min":"0) OR true --"}}', 400, "it.bpRp.min must be a number"],
  ['/export/stars?filter={"toString":{}}', 400, "'toString' is none of them"],
  ['/export/stars?filter={"__proto__":{}}', 400, "'__proto__' is none of them"],
  ['/export/stars?filter={"bpRp":{"min":2,"max":1}}', 400, "no star satisfies"],
  ['/export/stars?filter={"surveyLabel":{"survey":"x","label":"teff) OR true --"}}', 400, "it.surveyLabel.label must be one of"],
  ['/export/stars?filter={"surveyLabel":{"survey":"\' OR true","label":"teff"}}', 404, "There is no catalogue"],
  [`/export/stars?filter=${"[".repeat(50)}`, 400, "not JSON"],
  [`/export/stars?filter=${'{"and":['.repeat(20)}${"]}".repeat(20)}`, 400, "flatter"],
  ["/export/labels?survey=no-such", 404, "There is no catalogue 'no-such'"],
  ["/export/stars?survey=apogee-test", 400, "leave 'survey' out"],
  ["/export/predictions", 400, "needs 'model'"],
  ["/export/predictions?model=../demo", 400, "A model's name"],
  ["/export/predictions?model=demo@9", 404, "demo"],
])("%s is refused with %d", async (target, status, message) => {
  const response = await fetch(url + encodeURI(target).replaceAll("#", "%23"));
  expect(response.status).toBe(status);
  const { errors } = (await response.json()) as { errors: { message: string }[] };
  expect(errors[0]?.message).toContain(message);
});
