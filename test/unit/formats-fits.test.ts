import { gzipSync } from "node:zlib";
import { type FitsCards, fitsFile, readTable, temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();

function bytes(size: number, write: (buffer: Buffer) => void): Buffer {
  const buffer = Buffer.alloc(size);
  write(buffer);
  return buffer;
}
const k = (value: bigint) => bytes(8, (buffer) => buffer.writeBigInt64BE(value));
const j = (value: number) => bytes(4, (buffer) => buffer.writeInt32BE(value));
const i = (value: number) => bytes(2, (buffer) => buffer.writeInt16BE(value));
const e = (value: number) => bytes(4, (buffer) => buffer.writeFloatBE(value));
const d = (value: number) => bytes(8, (buffer) => buffer.writeDoubleBE(value));

test("every type, nulls, scales and arrays, after an image", async () => {
  const columns: readonly FitsCards[] = [
    { TTYPE: "source_id", TFORM: "K", TNULL: -1 },
    { TTYPE: "unsigned", TFORM: "1J", TZERO: 2147483648 },
    { TTYPE: "u64", TFORM: "K", TZERO: "9223372036854775808" },
    { TTYPE: "scaled", TFORM: "I", TSCAL: 0.5, TZERO: 10, TNULL: -99 },
    { TTYPE: "g", TFORM: "E", TUNIT: "mag" },
    { TTYPE: "ra", TFORM: "D" },
    { TTYPE: "ok", TFORM: "L" },
    { TTYPE: "name", TFORM: "8A" },
    { TTYPE: "byte", TFORM: "B" },
    { TTYPE: "flux", TFORM: "2E" },
    { TTYPE: "bits", TFORM: "3X" },
    { TTYPE: "ragged", TFORM: "1PE(100)" },
  ];
  const row = (id: bigint, scaled: number, g: number, ok: string, name: string) =>
    Buffer.concat([
      k(id),
      j(-2147483648),
      k(1n),
      i(scaled),
      e(g),
      d(280.25),
      Buffer.from(ok),
      Buffer.from(name.padEnd(8)),
      Buffer.from([200]),
      e(1.5),
      e(Number.NaN),
      Buffer.from([0b10100000]),
      j(1),
      j(0),
    ]);
  const rows = [row(6917528997577384321n, 4, 0.5, "T", "Vega"), row(-1n, -99, Number.NaN, "\0", "")];
  const content = fitsFile(columns, rows, { image: true, heap: e(-2.5) });
  // A 64-bit TZERO is written as a number, not as text.
  const file = folder.write(
    "types.fits",
    gzipSync(Buffer.from(content.toString("latin1").replace("'9223372036854775808'", " 9223372036854775808 "), "latin1")),
  );
  expect(await readTable(file)).toMatchObject({
    format: "fits",
    rows: [
      [6917528997577384321n, 0, 9223372036854775809n, 12, 0.5, 280.25, true, "Vega", 200, [1.5, null], [1, 0, 1], [-2.5]],
      [null, 0, 9223372036854775809n, null, null, 280.25, null, null, 200, [1.5, null], [1, 0, 1], [-2.5]],
    ],
  });
});

test("a cell of variable length that points outside the heap is refused", async () => {
  const file = folder.write("heap.fits", fitsFile([{ TTYPE: "ragged", TFORM: "PD(9)" }], [Buffer.concat([j(2), j(0)])], { heap: d(1) }));
  await expect(readTable(file)).rejects.toThrow(/ragged: a cell lies outside the heap/);
});

test("many rows come in batches, in order", async () => {
  const rows = Array.from({ length: 50_000 }, (_, row) => Buffer.concat([k(BigInt(row)), d(row)]));
  const read = await readTable(
    folder.write(
      "many.fits",
      fitsFile(
        [
          { TTYPE: "id", TFORM: "K" },
          { TTYPE: "x", TFORM: "D" },
        ],
        rows,
      ),
    ),
  );
  expect(read.rows).toHaveLength(50_000);
  expect(read.rows.every(([id, x], row) => id === BigInt(row) && x === row)).toBe(true);
});

/** A file as it is, with one text in a header in place of another as long. */
const altered = (content: Buffer, from: string, to: string): Buffer =>
  Buffer.from(content.toString("latin1").replace(from, to.padEnd(from.length)), "latin1");

const GCOUNT = `GCOUNT  =${"1".padStart(21)}`;
const cardOf = (keyword: string): string => `${keyword.padEnd(8)}=${"T".padStart(21)}`;

test("blocks of zeros behind the last unit are ignored", async () => {
  const file = folder.write("tape.fits", Buffer.concat([fitsFile([{ TTYPE: "x", TFORM: "D" }], [d(1.5)]), Buffer.alloc(2 * 2880)]));
  expect((await readTable(file)).rows).toEqual([[1.5]]);
});

test("a compressed image is no table to choose from", async () => {
  const image = altered(fitsFile([{ TTYPE: "x", TFORM: "D" }], [d(9)]), GCOUNT, cardOf("ZIMAGE"));
  const table = fitsFile([{ TTYPE: "x", TFORM: "D" }], [d(1.5)]).subarray(2880);
  expect((await readTable(folder.write("image.fits", Buffer.concat([image, table])))).rows).toEqual([[1.5]]);
});

const whole = fitsFile([{ TTYPE: "x", TFORM: "D" }], Array.from({ length: 1000 }, d));
test.each([
  ["a table cut off in its rows", whole.subarray(0, 2880 * 3), /ends before the rows that its FITS header announces/],
  ["a header cut off", whole.subarray(0, 2880 + 100), /is cut off before it/],
  ["a file without a table", whole.subarray(0, 2880), /no binary table/],
  ["an ASCII table", altered(whole, "'BINTABLE'", "'TABLE   '"), /an ASCII table .* is not read\. Export it/],
  ["a compressed table", altered(whole, GCOUNT, cardOf("ZTABLE")), /Unpack it with funpack/],
  [
    "a column of no known type",
    Buffer.from(whole.toString("latin1").replace("'D       '", "'Z       '"), "latin1"),
    /TFORM 'Z' is not read/,
  ],
  [
    "columns that do not fill the row",
    Buffer.from(whole.toString("latin1").replace("'D       '", "'E       '"), "latin1"),
    /take 4 bytes a row, the FITS header says 8/,
  ],
])("%s is refused", async (_what, content, fault) => {
  await expect(readTable(folder.write("fault.fits", content))).rejects.toMatchObject({
    code: "BAD_INPUT",
    message: expect.stringMatching(fault),
  });
});
