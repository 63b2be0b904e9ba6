import type { OutputColumn } from "../../src/formats/output-table";
import { formatOfFile, TABLE_FORMAT_NAMES, TABLE_FORMATS, type TableFormatName } from "../../src/formats/table-formats";
import { copied, type OutputRow } from "../support/copied";
import { decodeTable } from "../support/decode-table";

const TYPES = ["int64", "int32", "int16", "float64", "float32", "boolean", "string"] as const;
const COLUMNS: OutputColumn[] = TYPES.map((type) => ({
  name: `an_${type}`,
  type,
  unit: type === "float64" ? "deg" : null,
  description: type,
}));
const NOTHING: OutputRow = TYPES.map(() => null);
const ROWS: OutputRow[] = [
  [6917528997577384321n, -65537, -32768, 280.123456789012, 0.5, true, 'tab\t, "quote"\nand \\N'],
  NOTHING,
  [-1n, 7, 3, -1e-300, -0.25, false, "Véga & <α>"],
  [0n, 0, 0, 0, 0, true, "\\"],
];

async function* chunks(format: TableFormatName, batches: readonly (readonly OutputRow[])[]) {
  for (const batch of batches) yield copied(TABLE_FORMATS[format].reads, TYPES, batch);
}

async function written(format: TableFormatName, copies: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of TABLE_FORMATS[format].write(COLUMNS, copies)) pieces.push(piece);
  return Buffer.concat(pieces);
}

const texts = (rows: readonly OutputRow[]) =>
  rows.map((row) => Object.fromEntries(COLUMNS.map(({ name }, index) => [name, row[index] === null ? null : String(row[index])])));

const rounded = (rows: readonly OutputRow[]) =>
  texts(rows).map((row) => ({ ...row, an_float64: row.an_float64 && String(Number(Number(row.an_float64).toPrecision(7))) }));

describe.each(TABLE_FORMAT_NAMES)("%s", (format) => {
  test("holds what was copied, to the last digit, chunk after chunk", async () => {
    const bytes = await written(format, chunks(format, [ROWS, [NOTHING], ROWS.slice(2)]));
    expect(await decodeTable(format, bytes)).toEqual(rounded([...ROWS, NOTHING, ...ROWS.slice(2)]));
  });

  test("holds columns without a value, and no rows at all", async () => {
    expect(await decodeTable(format, await written(format, chunks(format, [[NOTHING, NOTHING]])))).toEqual(texts([NOTHING, NOTHING]));
    expect(await decodeTable(format, await written(format, chunks(format, [])))).toEqual([]);
  });

  test("passes a fault on", async () => {
    const broken = async function* () {
      yield* chunks(format, [ROWS]);
      throw new Error("the database is gone");
    };
    await expect(written(format, broken())).rejects.toThrow("the database is gone");
  });
});

const DESCRIBED: OutputColumn[] = [
  { name: "parallax", type: "float64", unit: "mas", ucd: "pos.parallax.trig", description: "parallax" },
  { name: "flags", type: "int32", unit: null, description: "bits: 1 INPUT_MISSING (at least one input was missing)" },
];
const ABOUT = {
  description: "stars of Gaia DR3",
  notes: [
    { name: "resource_version", value: "Gaia DR3" },
    { name: "model", value: "demo@2" },
    { name: "request_date", value: "2026-07-01" },
    { name: "citation", value: "A&A 674, A1" },
  ],
};

test.each(["votable", "parquet"] as const)(
  "%s says units, UCDs, the meaning of bits, release, model, day and how to cite",
  async (format) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of TABLE_FORMATS[format].write(DESCRIBED, (async function* () {})(), ABOUT)) pieces.push(piece);
    const text = Buffer.concat(pieces).toString("utf8");
    expect(text).toContain(
      '<FIELD name="parallax" datatype="double" unit="mas" ucd="pos.parallax.trig"><DESCRIPTION>parallax</DESCRIPTION></FIELD>',
    );
    expect(text).toContain("bits: 1 INPUT_MISSING (at least one input was missing)");
    for (const { name, value } of ABOUT.notes) expect(text).toContain(`<INFO name="${name}" value="${value.replace("&", "&amp;")}">`);
    if (format === "parquet") expect(text).toContain("IVOA.VOTable-Parquet.version");
  },
);

test("a number that is not finite is null where a format has no word for it", async () => {
  const row = (value: number): OutputRow => [1n, null, null, value, value, null, null];
  const rows = [row(Number.POSITIVE_INFINITY), row(Number.NEGATIVE_INFINITY)];
  for (const format of ["ndjson", "votable"] as const) {
    const [first, second] = await decodeTable(format, await written(format, chunks(format, [rows])));
    expect([first, second]).toMatchObject([
      { an_float64: null, an_float32: null },
      { an_float64: null, an_float32: null },
    ]);
  }
});

test("Parquet says how many rows a group has and between which values they lie", async () => {
  const { parquetMetadata } = await import("hyparquet");
  const row = (n: number): OutputRow => [BigInt(n), n, null, null, n / 2, null, `${n}`];
  const batches = Array.from({ length: 11 }, (_, batch) => Array.from({ length: 10_000 }, (_, n) => row(batch * 10_000 + n)));
  const bytes = await written("parquet", chunks("parquet", batches));
  const { row_groups, num_rows } = parquetMetadata(new Uint8Array(bytes).buffer);
  expect([num_rows, row_groups.map((group) => group.num_rows)]).toEqual([110_000n, [100_000n, 10_000n]]);
  expect(row_groups[1]?.columns[0]?.meta_data?.statistics).toMatchObject({ min_value: 100_000n, max_value: 109_999n, null_count: 0n });
  const rows = await decodeTable("parquet", bytes);
  expect(rows.every(({ an_int64, an_string }, n) => an_int64 === String(n) && an_string === String(n))).toBe(true);
});

test("a file's name promises its format", () => {
  const formats = ["a.csv", "b.vot", "c.votable", "d.PARQUET", "e.arrows", "f.arrow", "g.ndjson"].map(formatOfFile);
  expect(formats).toEqual(["csv", "votable", "votable", "parquet", "arrow", "arrow", "ndjson"]);
  expect(["csv", "a.fits", "b.csv.gz", "c.constructor"].map(formatOfFile)).toEqual([undefined, undefined, undefined, undefined]);
});
