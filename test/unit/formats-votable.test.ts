import { Base64Decoder } from "../../src/formats/votable/base64";
import { readTable, temporaryFolder, votable } from "../support/table-files";

const folder = temporaryFolder();
const FIELDS = [
  '<FIELD name="source_id" datatype="long"><VALUES null="-1"/></FIELD>',
  '<FIELD name="ra" datatype="double" unit="deg"><DESCRIPTION>Right ascension</DESCRIPTION></FIELD>',
  '<FIELD name="g" datatype="float"/>',
  '<FIELD name="n" datatype="short"><VALUES null="-99"/></FIELD>',
  '<FIELD name="name" datatype="char" arraysize="*"/>',
  '<FIELD name="flux" datatype="float" arraysize="*"/>',
  '<FIELD name="ok" datatype="boolean"/>',
].join("");
const ROWS = [
  [6917528997577384321n, 280.25, 0.5, 7, "Véga & α", [1.5, null], true],
  [null, null, null, null, null, null, null],
];

function double(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes;
}
function float(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatBE(value);
  return bytes;
}
function long(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}
function counted(count: number, ...parts: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(4);
  head.writeInt32BE(count);
  return Buffer.concat([head, ...parts]);
}
const short = (value: number): Buffer => Buffer.from([(value >> 8) & 0xff, value & 0xff]);
const name = Buffer.from("Véga & α");
const FIRST = Buffer.concat([
  long(6917528997577384321n),
  double(280.25),
  float(0.5),
  short(7),
  counted(name.length, name),
  counted(2, float(1.5), float(Number.NaN)),
  Buffer.from("T"),
]);
const SECOND = Buffer.concat([long(-1n), double(Number.NaN), float(Number.NaN), short(-99), counted(0), counted(0), Buffer.from("?")]);
const stream = (kind: string, bytes: Buffer) =>
  `<${kind}><STREAM encoding="base64">\n${bytes.toString("base64").replace(/(.{20})/g, "$1\n")}\n</STREAM></${kind}>`;

test("TABLEDATA: types, nulls, entities and text of the table's own", async () => {
  const first =
    "<TR><TD>6917528997577384321</TD><TD>280.25</TD><TD>0.5</TD><TD>7</TD><TD>Véga &amp; &#945;</TD><TD>1.5 NaN</TD><TD>T</TD></TR>";
  const second = "<TR><TD>-1</TD><TD>NaN</TD><TD></TD><TD>-99</TD><TD></TD><TD/><TD>?</TD></TR>";
  const file = folder.write("text.vot", votable(FIELDS, `<TABLEDATA>${first}${second}</TABLEDATA>`));
  expect(await readTable(file)).toMatchObject({ format: "votable", rows: ROWS });
});

test("BINARY: the same rows from a base64 stream", async () => {
  expect((await readTable(folder.write("binary.vot", votable(FIELDS, stream("BINARY", Buffer.concat([FIRST, SECOND])))))).rows).toEqual(
    ROWS,
  );
});

test("BINARY2: a bit a column says null", async () => {
  const masked = Buffer.concat([Buffer.from([0]), FIRST, Buffer.from([0b11111110]), FIRST]);
  expect((await readTable(folder.write("binary2.vot", votable(FIELDS, stream("BINARY2", masked))))).rows).toEqual(ROWS);
});

test("a stream's padding may come in pieces", () => {
  const decoder = new Base64Decoder("t.vot");
  const parts = ["AQ", "I=\n", ""].map((piece) => decoder.push(piece));
  expect(Buffer.concat([...parts, decoder.end()])).toEqual(Buffer.from([1, 2]));
  const split = new Base64Decoder("t.vot");
  expect(Buffer.concat(["AQ=", "="].map((piece) => split.push(piece)))).toEqual(Buffer.from([1]));
});

test("rows are whole whatever the pieces of the file", async () => {
  const rows = Buffer.concat(Array.from({ length: 20_000 }, () => FIRST));
  const read = await readTable(folder.write("large.vot", votable(FIELDS, stream("BINARY", rows))));
  expect(read.rows).toHaveLength(20_000);
  expect(read.rows.at(-1)).toEqual(ROWS[0]);
});

test("bits, complex numbers and fixed arrays are flat arrays", async () => {
  const fields =
    '<FIELD name="bits" datatype="bit" arraysize="10"/><FIELD name="z" datatype="floatComplex"/><FIELD name="m" datatype="short" arraysize="2x2"/>';
  const row = Buffer.concat([Buffer.from([0b10000001, 0b01000000]), float(1), float(-2), short(1), short(2), short(3), short(-4)]);
  expect((await readTable(folder.write("arrays.vot", votable(fields, stream("BINARY", row))))).rows).toEqual([
    [
      [1, 0, 0, 0, 0, 0, 0, 1, 0, 1],
      [1, -2],
      [1, 2, 3, -4],
    ],
  ]);
});

const INT = '<FIELD name="a" datatype="int"/>';
test.each([
  [
    "a cut-off document",
    votable(INT, "<TABLEDATA><TR><TD>1</TD></TR></TABLEDATA>").slice(0, -20),
    /is cut off, or not well-formed XML.*Download it again/,
  ],
  ["a cut-off stream", votable(INT, stream("BINARY", Buffer.alloc(6))), /ends in the middle of a row/],
  ["a stream that is no base64", votable(INT, '<BINARY><STREAM encoding="base64">####</STREAM></BINARY>'), /is not base64/],
  [
    "a document type with entities",
    `<?xml version="1.0"?><!DOCTYPE v [<!ENTITY x "y">]>${votable(INT, "").slice(22)}`,
    /document type declaration/,
  ],
  ["an unknown entity", votable(INT, "<TABLEDATA><TR><TD>&x;</TD></TR></TABLEDATA>"), /not well-formed XML/],
  ["a stream in another file", votable(INT, '<BINARY><STREAM href="file:///etc/passwd"/></BINARY>'), /is not fetched/],
  ["a row of too many cells", votable(INT, "<TABLEDATA><TR><TD>1</TD><TD>2</TD></TR></TABLEDATA>"), /more than 1 cells/],
  [
    "a stream that goes on after its padding",
    votable(INT, '<BINARY><STREAM encoding="base64">AAAAAA==\nAAAAAA==</STREAM></BINARY>'),
    /is not base64/,
  ],
  [
    "a table of empty rows",
    votable('<FIELD name="a" datatype="int" arraysize="0"/>', stream("BINARY", Buffer.alloc(9))),
    /rows have no bytes/,
  ],
  ["an unknown type", votable('<FIELD name="a" datatype="quad"/>', "<TABLEDATA/>"), /datatype 'quad' is not read/],
  ["a number that is none", votable(INT, "<TABLEDATA><TR><TD>x</TD></TR></TABLEDATA>"), /column a: 'x' is not a whole number/],
  ["a service's error", votable(INT, "", '<INFO name="QUERY_STATUS" value="ERROR">no such table</INFO>'), /error message: no such table/],
  ["XML that is no VOTable", '<?xml version="1.0"?><svg></svg>', /is XML, but a <svg>/],
  ["a document without data", '<VOTABLE version="1.4"><RESOURCE/></VOTABLE>', /without a table that has data/],
  [
    "a cell of impossible size",
    votable('<FIELD name="a" datatype="double" arraysize="*"/>', stream("BINARY", Buffer.alloc(9, 0x7f))),
    /The stream is damaged/,
  ],
])("%s is refused", async (_what, content, fault) => {
  await expect(readTable(folder.write("fault.vot", content))).rejects.toMatchObject({
    code: "BAD_INPUT",
    message: expect.stringMatching(fault),
  });
});
