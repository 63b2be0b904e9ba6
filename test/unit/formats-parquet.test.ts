import { brotliCompressSync, gzipSync } from "node:zlib";
import { Field, Float64, Int64, Schema, Table, tableToIPC } from "apache-arrow";
import type { ColumnSource, ParquetWriteOptions } from "hyparquet-writer";
import { readIds } from "../../src/catalogue/lookup/ids";
import { openTable } from "../../src/formats/open-table";
import { zipFile } from "../support/archives";
import { readTable, temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();
const ID = 6917528997577384321n;
const COLUMNS: ColumnSource[] = [
  { name: "source_id", data: [ID, 4295806720n], type: "INT64" },
  { name: "parallax", data: [1.5, null], type: "DOUBLE", nullable: true },
  { name: "name", data: ["NR Lyr", null], type: "STRING", nullable: true },
  { name: "ok", data: [true, false], type: "BOOLEAN" },
];
const ROWS = [
  [ID, 1.5, "NR Lyr", true],
  [4295806720n, null, null, false],
];

async function parquet(options: Partial<ParquetWriteOptions> = {}): Promise<Buffer> {
  const { parquetWriteBuffer } = await import("hyparquet-writer");
  return Buffer.from(parquetWriteBuffer({ columnData: COLUMNS, ...options }));
}

test("integers of 64 bits, numbers, texts, truth values and nulls are read exactly", async () => {
  const file = folder.write("stars.parquet", await parquet());
  expect(await readTable(file)).toEqual({ format: "parquet", names: ["source_id", "parallax", "name", "ok"], rows: ROWS });
  const { columns } = await openTable(file);
  expect(columns.map(({ kind }) => kind)).toEqual(["integer", "float", "text", "boolean"]);
});

test("a Parquet file is read within gzip and within a zip archive", async () => {
  expect((await readTable(folder.write("a.gz", gzipSync(await parquet())))).rows).toEqual(ROWS);
  expect((await readTable(folder.write("a.zip", zipFile([{ name: "a.parquet", content: await parquet() }])))).rows).toEqual(ROWS);
});

test.each([
  ["GZIP", gzipSync],
  ["BROTLI", brotliCompressSync],
] as const)("pages that are compressed by %s are read", async (codec, compress) => {
  const content = await parquet({ codec, compressors: { [codec]: (bytes: Uint8Array) => compress(bytes) } });
  expect((await readTable(folder.write(codec, content))).rows).toEqual(ROWS);
});

test("whoever watches is told of every byte", async () => {
  let bytes = 0;
  const content = await parquet();
  await readTable(folder.write("watched", content), { onBytes: (chunk) => (bytes += chunk.length) });
  expect(bytes).toBe(content.length);
});

const VOTABLE =
  '<?xml version="1.0"?><VOTABLE version="1.4"><RESOURCE><TABLE><FIELD name="source_id" datatype="long"/>' +
  '<FIELD name="parallax" datatype="double" unit="arcsec"><DESCRIPTION>trigonometric</DESCRIPTION></FIELD></TABLE></RESOURCE></VOTABLE>';
const ASTROPY =
  "datatype:\n- {name: source_id, datatype: int64}\n- {name: parallax, unit: arcsec, datatype: float64, description: trigonometric}\nmeta: !!omap\n- {a: 1}\n";

test.each([
  ["an embedded VOTable", "IVOA.VOTable-Parquet.content", VOTABLE],
  ["astropy's header", "table_meta_yaml", ASTROPY],
])("units and descriptions come from %s", async (_what, key, value) => {
  const { columns } = await openTable(folder.write("units", await parquet({ kvMetadata: [{ key, value }] })));
  expect(columns[1]).toMatchObject({ unit: "arcsec", description: "trigonometric" });
});

/** As pyarrow keeps it: the schema's message, in base64. */
function arrowSchema(metadata: Readonly<Record<string, string>>): string {
  const fields = [new Field("source_id", new Int64()), new Field("parallax", new Float64(), true, new Map(Object.entries(metadata)))];
  return Buffer.from(tableToIPC(new Table(new Schema(fields)), "stream")).toString("base64");
}

test("units and descriptions come from the fields of an Arrow schema, where nothing else states them", async () => {
  const arrow = { key: "ARROW:schema", value: arrowSchema({ unit: "rad", description: "trigonometric" }) };
  const read = async (...kvMetadata: { key: string; value: string }[]) =>
    (await openTable(folder.write("arrow", await parquet({ kvMetadata })))).columns[1];
  expect(await read(arrow)).toMatchObject({ unit: "rad", description: "trigonometric" });
  expect(await read(arrow, { key: "IVOA.VOTable-Parquet.content", value: VOTABLE })).toMatchObject({ unit: "arcsec" });
});

test("an id that a column of masks hides is not looked up", async () => {
  const { parquetWriteBuffer } = await import("hyparquet-writer");
  const columnData: ColumnSource[] = [
    { name: "source_id", data: [ID, 4295806720n], type: "INT64" },
    { name: "source_id.mask", data: [false, true], type: "BOOLEAN" },
  ];
  const file = folder.write("masked", Buffer.from(parquetWriteBuffer({ columnData })));
  await expect(readIds(file)).rejects.toThrow("row 2: the cell is empty");
});

test.each([
  ["truncated", (content: Buffer) => content.subarray(0, content.length - 20), /cannot be read as Parquet: .*truncated/],
  ["cut off after its first bytes", (content: Buffer) => content.subarray(0, 100), /cannot be read as Parquet/],
  [
    "damaged in its pages",
    (content: Buffer) => Buffer.concat([content.subarray(0, 4), Buffer.alloc(20, 0xff), content.subarray(24)]),
    /Parquet/,
  ],
])("a file that is %s is refused", async (_what, damage, fault) => {
  await expect(readTable(folder.write("bad", damage(await parquet())))).rejects.toMatchObject({
    code: "BAD_INPUT",
    message: expect.stringMatching(fault),
  });
});
