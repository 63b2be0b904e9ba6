import { gzipSync } from "node:zlib";
import { TABLE_FORMAT_NAMES, type TableFormatName } from "../../src/formats/table-formats";
import { pixelAt, sourceIdOf } from "../../src/science/sky/healpix";
import type { App } from "../../src/server/app";
import { openApi } from "../support/api";
import { openServices } from "../support/api-services";
import { decodeTable, type TextRow } from "../support/decode-table";

/** Along the equator at ra = 0, an arcsecond apart; the last one moves an arcsecond a year northward. */
const IDS = [0, 1, 2].map((star) => sourceIdOf(pixelAt(star / 3600, 0), star + 1, 0));
let services: Awaited<ReturnType<typeof openServices>>;
let app: App;
let url: string;
beforeAll(async () => {
  services = await openServices();
  await services.database.query(
    `INSERT INTO star (release, source_id, ra, dec, ref_epoch, pmra, pmdec)
     SELECT 3, id, (n - 1) / 3600.0, 0, 2016, 0, CASE WHEN n = 3 THEN 1000 ELSE 0 END FROM unnest($1::int8[]) WITH ORDINALITY AS t (id, n)`,
    [IDS],
  );
  ({ app, url } = await openApi(services));
});
afterAll(async () => {
  await app.close();
  await services.close();
});

const post = (body: string | Buffer, parameters: Record<string, string> = {}, headers: Record<string, string> = {}) =>
  fetch(`${url}/crossmatch?${new URLSearchParams(parameters)}`, { method: "POST", headers, body: new Uint8Array(Buffer.from(body)) });

async function match(body: string | Buffer, format: TableFormatName, parameters: Record<string, string> = {}): Promise<TextRow[]> {
  const response = await post(body, { format, ...parameters });
  if (response.status !== 200) throw new Error(await response.text());
  return decodeTable(format, Buffer.from(await response.arrayBuffer()));
}

const CSV = `name,ra,dec,jd,sigma\nfast,${2 / 3600},${-9.7 / 3600},2453736.5,0.1\nnowhere,,,,\nseam,359.9999,0,2457388.5,\nempty,90,0,2457388.5,\n`;
const DATED = { epoch: "jd", error: "sigma", radius: "0.8" };
const text = (star: number) => IDS[star]!.toString();

test.each(TABLE_FORMAT_NAMES)("%s has a row an object in the file's order", async (format) => {
  const rows = await match(CSV, format, DATED);
  expect(rows.map(({ row, source_id, neighbours }) => [row, source_id, neighbours])).toEqual([
    ["1", text(2), "1"],
    ["2", null, null],
    ["3", text(0), "1"],
    ["4", null, "0"],
  ]);
  expect(Number(rows[0]!.separation)).toBeCloseTo(0.3, 3);
  expect(Number(rows[0]!.significance)).toBeCloseTo(3, 2);
});

test("a packed file is read as well, and all stars within the radius come where they are wanted", async () => {
  const rows = await match(gzipSync(`ra,dec\n${0.4 / 3600},0\n`), "csv", { all: "true", radius: "5", epoch: "2016" });
  expect(rows.map(({ row, source_id, rank }) => [row, source_id, rank])).toEqual([
    ["1", text(0), "1"],
    ["1", text(1), "2"],
    ["1", text(2), "3"],
  ]);
});

test("more objects than one statement or piece takes come in order", async () => {
  const objects = Array.from({ length: 6_000 }, (_, index) => `${(index % 3) / 3600},0`);
  const rows = await match(`ra,dec\n${objects.join("\n")}\n`, "arrow", { radius: "0.5", epoch: "2016" });
  expect(rows.map(({ row, source_id }) => [row, source_id])).toEqual(objects.map((_, index) => [String(index + 1), text(index % 3)]));
});

test.each([
  ["no positions", "a,b\n1,2\n", {}, "the file has none of the usual columns (ra, "],
  ["a position off the sky", "ra,dec\n1,2\n1,100\n", {}, "the file, row 2: its position: dec must be from -90 to 90"],
  ["an unknown parameter", CSV, { radios: "1" }, "There is no parameter 'radios'. There are: format, release, radius, ra"],
  ["no radius", CSV, { radius: "" }, "The radius must be above 0 and at most 300 arcsec"],
  ["neither yes nor no", CSV, { all: "yes" }, "all must be one of true, false"],
  ["nothing", "", {}, "The request has no body"],
  ["too many objects", `ra,dec\n${"1,2\n".repeat(100_001)}`, {}, "the file has more than 100000 rows"],
])("%s is refused in words", async (_title, body, parameters, message) => {
  const response = await post(body, parameters as Record<string, string>);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    errors: [{ message: expect.stringContaining(message), extensions: { code: "BAD_INPUT" } }],
  });
});

test("a form around the file is refused", async () => {
  const response = await post(CSV, {}, { "content-type": "multipart/form-data; boundary=x" });
  expect(await response.json()).toMatchObject({ errors: [{ message: expect.stringContaining("must be the file itself, not a form") }] });
});
