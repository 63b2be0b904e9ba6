import { fitsFile, readTable, temporaryFolder, votable } from "../support/table-files";

const folder = temporaryFolder();
const read = async (content: string | Buffer, typed?: boolean) => (await readTable(folder.write("table", content), { typed })).rows;

test.each([
  ["int", "-999", "-999.0"],
  ["int", "-999", " -999 "],
  ["double", "-999.0", "-999"],
  ["double", "-9.99E2", "-999"],
  ["float", "-99.9", "-99.90"],
  ["short", "0x7f", "127"],
  ["long", "9223372036854775807", "9223372036854775807"],
  ["char", "none given", "none given"],
])("VALUES null of %s in any spelling is null: %s where '%s' is declared", async (datatype, cell, declared) => {
  const size = datatype === "char" ? ' arraysize="*"' : "";
  const field = `<FIELD name="x" datatype="${datatype}"${size}><VALUES null="${declared}"/></FIELD>`;
  expect(await read(votable(field, `<TABLEDATA><TR><TD>${cell}</TD></TR></TABLEDATA>`))).toEqual([[null]]);
});

test("VALUES null holds in arrays, through a reference, and not from a parameter", async () => {
  const fields =
    '<FIELD name="a" datatype="int" arraysize="3"><VALUES ID="v" null="-1"/></FIELD><FIELD name="b" datatype="int"><VALUES ref="v"/></FIELD>' +
    '<FIELD name="c" datatype="int"/><PARAM name="p" datatype="int" value="5"><VALUES null="7"/></PARAM>';
  const row = "<TR><TD>1 -1 3</TD><TD>-1</TD><TD>7</TD></TR>";
  expect(await read(votable(fields, `<TABLEDATA>${row}</TABLEDATA>`))).toEqual([[[1, null, 3], null, 7]]);
});

test("VALUES null is told in a binary stream too", async () => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(-999);
  const stream = `<BINARY><STREAM encoding="base64">${bytes.toString("base64")}</STREAM></BINARY>`;
  expect(await read(votable('<FIELD name="x" datatype="double"><VALUES null="-999"/></FIELD>', stream))).toEqual([[null]]);
});

test("bits are read one by one, with blanks or without", async () => {
  const field = '<FIELD name="x" datatype="bit" arraysize="5"/>';
  const rows = "<TR><TD>01001</TD></TR><TR><TD>0 1 0 0 1</TD></TR>";
  expect(await read(votable(field, `<TABLEDATA>${rows}</TABLEDATA>`))).toEqual([[[0, 1, 0, 0, 1]], [[0, 1, 0, 0, 1]]]);
});

test("64-bit integers keep their digits in arrays, and an array of one is a number", async () => {
  const fields = '<FIELD name="a" datatype="long" arraysize="1"/><FIELD name="b" datatype="long" arraysize="2"/>';
  const row = "<TR><TD>6917528997577384321</TD><TD>6917528997577384321 2</TD></TR>";
  expect(await read(votable(fields, `<TABLEDATA>${row}</TABLEDATA>`))).toEqual([[6917528997577384321n, [6917528997577384321n, 2n]]]);
  const ecsv = '# %ECSV 1.0\n# ---\n# datatype:\n# - {name: a, datatype: string, subtype: "int64[1]"}\na\n[6917528997577384321]\n';
  expect(await read(ecsv)).toEqual([[[6917528997577384321n]]]);
});

test("TNULL is exact for 64 bits, and told for floating-point columns too", async () => {
  const row = Buffer.alloc(24);
  row.writeBigInt64BE(9223372036854775806n, 0);
  row.writeBigInt64BE(9223372036854775807n, 8);
  row.writeDoubleBE(-999, 16);
  const card = (name: string, form: string) => ({ TTYPE: name, TFORM: form, TNULL: "TNULLTNULLTNULLTNUL" });
  const file = fitsFile([card("a", "K"), card("b", "K"), { TTYPE: "c", TFORM: "D", TNULL: -999 }], [row]);
  const exact = Buffer.from(file.toString("latin1").replaceAll("'TNULLTNULLTNULLTNUL'", "  9223372036854775807"), "latin1");
  expect(await read(exact)).toEqual([[9223372036854775806n, null, null]]);
});

const MASKED =
  "# %ECSV 1.0\n# ---\n# datatype:\n# - {name: x, datatype: float64}\n# - {name: x.mask, datatype: bool}\n# schema: astropy-2.0\nx x.mask\n1.5 False\n-999.0 True\n";

test.each([true, false])("a column of masks hides the numbers under it (typed: %p)", async (typed) => {
  expect((await read(MASKED, typed)).map(([x]) => (x === null ? null : Number(x)))).toEqual([1.5, null]);
});

test("a column of masks is applied in CSV and FITS as well", async () => {
  expect((await read("x,x.mask\n1.5,False\n-999,True\n")).map(([x]) => x)).toEqual(["1.5", null]);
  const row = (x: number, mask: string) => {
    const bytes = Buffer.alloc(9);
    bytes.writeDoubleBE(x);
    bytes.write(mask, 8);
    return bytes;
  };
  const file = fitsFile(
    [
      { TTYPE: "x", TFORM: "D" },
      { TTYPE: "x.mask", TFORM: "L" },
    ],
    [row(1.5, "F"), row(-999, "T")],
  );
  expect((await read(file)).map(([x]) => x)).toEqual([1.5, null]);
});

test("a mask that is neither true nor false is refused: what it hides is not known", async () => {
  await expect(read("x,x.mask\n1.5,maybe\n")).rejects.toThrow("Column x.mask: 'maybe' is not True or False");
});
