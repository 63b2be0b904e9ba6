import { gzipSync } from "node:zlib";
import { TABLE_FORMAT_NAMES, TABLE_FORMATS, type TableFormatName } from "../../src/formats/table-formats";
import type { App } from "../../src/server/app";
import { backfill } from "../../training/backfill/backfill";
import { openApi } from "../support/api";
import { openServices } from "../support/api-services";
import { copied } from "../support/copied";
import { decodeTable, type TextRow } from "../support/decode-table";
import { DEMO_ONNX } from "../support/demo-features";
import { manifestDraft } from "../support/manifest";
import { BRIGHT_STAR, insertNamedStars } from "../support/named-stars";
import { insertStars } from "../support/stars";

let services: Awaited<ReturnType<typeof openServices>>;
let app: App;
let url: string;
beforeAll(async () => {
  services = await openServices();
  const { database, predictor, registry } = services;
  await insertNamedStars(database);
  await database.script("SELECT setval(pg_get_serial_sequence('catalogue', 'id'), 10)");
  await insertStars(database, 6, 1000);
  // A second, poorer spectrum of a star that the survey has already, and labels of one that the catalogue lacks.
  await database.script(`UPDATE survey_label SET snr = 100 WHERE object_id = '2M1';
    INSERT INTO survey_label (catalogue_id, object_id, release, source_id, teff, snr) VALUES
      (2, '0M1', 3, ${BRIGHT_STAR}, 1, 10), (2, '0M2', 3, 4242, 4000, NULL)`);
  await backfill(database, predictor, await registry.register(manifestDraft(), DEMO_ONNX), { release: 3, rangeSize: 100 });
  await registry.register(manifestDraft(), DEMO_ONNX);
  ({ app, url } = await openApi(services));
});
afterAll(async () => {
  await app.close();
  await services.close();
});

const post = (body: string | Buffer, parameters: Record<string, string> = {}) =>
  fetch(`${url}/lookup?${new URLSearchParams(parameters)}`, { method: "POST", body: new Uint8Array(Buffer.from(body)) });

async function lookup(body: string | Buffer, format: TableFormatName = "csv", parameters: Record<string, string> = {}): Promise<TextRow[]> {
  const response = await post(body, { format, ...parameters });
  if (response.status !== 200) throw new Error(await response.text());
  return decodeTable(format, Buffer.from(await response.arrayBuffer()));
}

/** Unsorted, one of them twice, one unknown, one beyond 2^53, one known to a survey alone. */
const IDS = [1002n, BRIGHT_STAR, 7n, 102n, 1002n, 4242n];
const CSV = `source_id,comment\n${IDS.map((id) => `${id},"a, b"`).join("\n")}\n`;

async function tableFile(format: TableFormatName): Promise<Buffer> {
  const types = ["string", "int64"] as const;
  const columns = types.map((type, index) => ({ name: ["name", "source_id"][index]!, type, unit: null, description: "" }));
  const { reads, write } = TABLE_FORMATS[format];
  const rows = async function* () {
    yield copied(
      reads,
      types,
      IDS.map((id) => [`star ${id}`, id]),
    );
  };
  const parts: Uint8Array[] = [];
  for await (const part of write(columns, rows())) parts.push(part);
  return Buffer.concat(parts);
}

test.each(TABLE_FORMAT_NAMES)("%s has a row an id in the file's order, with what the catalogue, surveys and models say", async (format) => {
  const rows = await lookup(CSV, format);
  expect(rows.map(({ source_id, found }) => [source_id, found])).toEqual(
    IDS.map((id) => [String(id), id === 7n || id === 4242n ? "false" : "true"]),
  );
  expect(rows[0]).toEqual(rows[4]);
  expect(rows[1]).toMatchObject({
    phot_g_mean_mag: "5.1",
    apogee_test_object_id: "2M1",
    apogee_test_teff: "5777",
    apogee_test_flags: "9007199254740993",
    galah_test_teff: "5700",
    demo_teff: "6122.5",
  });
  expect(rows[0]).toMatchObject({ demo_version: "1", demo_teff: expect.stringMatching(/^\d/), apogee_test_teff: null });
  expect(rows[5]).toMatchObject({ ra: null, apogee_test_teff: "4000" });
  expect(Object.entries(rows[2]!).filter(([, value]) => value !== null)).toEqual([
    ["source_id", "7"],
    ["found", "false"],
  ]);
});

test("predictions are those that are stored", async () => {
  const [stored] = await services.database.query<{ value: number; uncertainty: number; flags: number }>(
    "SELECT value, uncertainty, flags FROM predicted_label WHERE source_id = 1002",
  );
  const [row] = await lookup("1002\n", "ndjson");
  expect(row).toMatchObject({
    demo_teff: String(Number(stored!.value.toPrecision(7))),
    demo_teff_uncertainty: String(Number(stored!.uncertainty.toPrecision(7))),
    demo_teff_flags: String(stored!.flags),
  });
});

test.each(["csv", "votable", "parquet"] as const)("the ids are read from %s, also gzipped where it is text", async (format) => {
  const file = await tableFile(format);
  const expected = IDS.map(String);
  expect((await lookup(file, "csv", { columns: "stars" })).map((row) => row.source_id)).toEqual(expected);
  if (format === "parquet") return;
  expect((await lookup(gzipSync(file), "csv", { columns: "stars" })).map((row) => row.source_id)).toEqual(expected);
});

test("a bare list of ids is read, and a column of another name where it is named", async () => {
  expect((await lookup(IDS.join("\n"))).map((row) => row.source_id)).toEqual(IDS.map(String));
  const named = await lookup("a,gaia\n1,102\n", "csv", { column: "gaia" });
  expect(named).toMatchObject([{ source_id: "102", found: "true" }]);
});

test("other delimiters, comments, designations and a chosen table are read", async () => {
  const [found, options] = [[{ source_id: "102", found: "true" }], { columns: "found" }];
  expect(await lookup("# mine\nSOURCE_ID;a\n102;1\n", "csv", options)).toEqual(found);
  expect(await lookup("Gaia DR3 102\n", "csv", options)).toEqual(found);
  const table = (name: string, id: number) =>
    `<TABLE name="${name}"><FIELD name="source_id" datatype="long" arraysize="1"/><DATA><TABLEDATA><TR><TD>${id}</TD></TR></TABLEDATA></DATA></TABLE>`;
  const document = `<VOTABLE version="1.4"><RESOURCE>${table("a", 7)}${table("b", 102)}</RESOURCE></VOTABLE>`;
  expect(await lookup(document, "csv", { ...options, table: "b" })).toEqual(found);
});

test("columns and models are chosen", async () => {
  const [row] = await lookup("1002", "csv", { columns: "parallax,demo_teff,labels" });
  expect(Object.keys(row!).slice(0, 4)).toEqual(["source_id", "found", "parallax", "apogee_test_object_id"]);
  expect(Object.keys(row!).at(-1)).toBe("demo_teff");
  const [keys] = await lookup("1002", "csv", { columns: "found" });
  expect(keys).toEqual({ source_id: "1002", found: "true" });
  const [versions] = await lookup("1002", "csv", { columns: "predictions", model: "demo@1,demo@champion,demo@2" });
  expect(Object.keys(versions!)).toEqual([
    "source_id",
    "found",
    "demo_version",
    "demo_teff",
    "demo_teff_uncertainty",
    "demo_teff_flags",
    "demo_version_2",
    "demo_teff_2",
    "demo_teff_uncertainty_2",
    "demo_teff_flags_2",
  ]);
});

test("ids are of one release", async () => {
  expect(await lookup("101", "csv", { release: "DR2", columns: "parallax" })).toEqual([{ source_id: "101", found: "true", parallax: "7" }]);
});

test("a whole chunk and a little more come in order", async () => {
  const ids = Array.from({ length: 5_003 }, (_, n) => String(9_000 - n));
  expect((await lookup(ids.join("\n"), "csv", { columns: "found" })).map((row) => row.source_id)).toEqual(ids);
});

test.each([
  ["", {}, "has no body"],
  ["source_id\n", {}, "has no rows"],
  ["source_id\n1\n2x\n", {}, "row 2: '2x' is no source_id: a whole number from 1 to 6917529027641081855 is wanted"],
  ["source_id,a\n1,\n,5\n", {}, "row 2: the cell is empty"],
  ["source_id\n1\n \n5\n", {}, "row 2: the cell is empty"],
  ["source_id,release\n1,3\n2,2\n", {}, "row 2: '2' is no source_id (source_id of DR2, not of DR3)"],
  ["source_id,SOURCE_ID\n1,2\n", {}, "2 columns are called 'source_id'"],
  ["source_id\n9223372036854775808\n", {}, "row 1: '9223372036854775808' is no source_id (source_id out of range)"],
  ["source_id\n-5\n", {}, "row 1: '-5'"],
  ["source_id\n6.9175289975773843E18\n", {}, "row 1: '6.9175289975773843E18' is no source_id (source_id is a rounded number)"],
  ["source_id\n1'); DROP TABLE star; --\n", {}, "row 1: '1')"],
  ["-5\n6\n", {}, "row 1: '-5'"],
  ["6.9175289975773843E18\n6\n", {}, "row 1: '6.9175289975773843E18'"],
  ["1 2\n", {}, "no column 'source_id' among 1, 2"],
  ["ra,dec\n1,2\n", {}, "no column 'source_id' among ra, dec"],
  ["source_id,a\n1,2\n", { column: "b" }, "no column 'b'"],
  ["PAR1 but no Parquet file PAR1", {}, "the file cannot be read as Parquet"],
  ["<VOTABLE><RESOURCE>", {}, "the file"],
  ["PK\x03\x04", {}, "a zip archive"],
  ["1", { columns: "teff'" }, "There is no column 'teff''"],
  ["1", { columns: "ra,,dec" }, "none of them empty"],
  ["1", { format: "xlsx" }, "format must be one of"],
  ["1", { limit: "5" }, "no parameter 'limit'"],
])("%j with %j is refused", async (body, parameters, message) => {
  const response = await post(body, parameters);
  const { errors } = (await response.json()) as { errors: { message: string }[] };
  expect(errors[0]?.message).toContain(message);
  expect(response.status).toBe(400);
});

test("a form with the file in it is told to be sent as the file itself", async () => {
  const body = new FormData();
  body.append("file", new Blob(["source_id\n1\n"]));
  const response = await fetch(`${url}/lookup`, { method: "POST", body });
  expect(await response.text()).toContain("not a form");
  expect(response.status).toBe(400);
});

test("a model that is not there is not found", async () => {
  expect((await post("1", { model: "absent" })).status).toBe(404);
});

test("more than a million ids are refused", async () => {
  const response = await post("7\n".repeat(1_000_001));
  expect(await response.text()).toContain("more than 1000000 rows");
  expect(response.status).toBe(400);
});
