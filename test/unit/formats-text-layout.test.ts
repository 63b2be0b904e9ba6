import { openTable } from "../../src/formats/open-table";
import { readTable, temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();
const ROW = ["4295806720", "10.5"];
const STARS = { names: ["source_id", "ra"], rows: [ROW] };
const read = (content: string | Buffer) => readTable(folder.write("table", content));

test.each([
  ["a comment before the header", "#Table1\nsource_id,ra\n4295806720,10.5\n"],
  ["comments with commas and quotes", '# made by me, "today\n#\nsource_id,ra\n4295806720,10.5\n# the end\n'],
  ["the header in a comment", "# source_id,ra\n4295806720,10.5\n"],
  ["a header of a whitespace table in a comment", "# stars of the field\n# source_id   ra\n  4295806720  10.5\n"],
  ["tabs", "source_id\tra\n4295806720\t10.5\n"],
  ["semicolons", "source_id;ra\n4295806720;10.5\n"],
  ["bars", "source_id|ra\n4295806720|10.5\n"],
  ["blanks in columns", "source_id   ra\n4295806720  10.5\n"],
  ["a carriage return at the end of each line", "source_id,ra\r4295806720,10.5\r"],
  ["a byte order mark", "\ufeffsource_id,ra\r\n4295806720,10.5\r\n"],
  ["a comma after each row", "source_id,ra\n4295806720,10.5,\n"],
  ["dashes below the header", "source_id ra\n---------- ----\n4295806720 10.5\n"],
])("%s: the table is read", async (_what, content) => {
  expect(await read(content)).toMatchObject(STARS);
});

test("columns without a name, as of row numbers and of commas at the ends, are there and have none", async () => {
  expect(await read(",source_id,ra\n0,4295806720,10.5\n")).toMatchObject({ names: ["", "source_id", "ra"], rows: [["0", ...ROW]] });
  expect(await read("source_id,ra,\n4295806720,10.5,\n")).toMatchObject({ names: ["source_id", "ra", ""], rows: [[...ROW, null]] });
  expect(await read("source_id,ra,\n4295806720,10.5\n")).toMatchObject({ rows: [[...ROW, null]] });
});

test.each([
  ["VizieR", "#RESOURCE=yCat\n_RAJ2000\tpm\ndeg\tmas/yr\n--------\t------\n10.5\t2.5\n", ["deg", "mas/yr"]],
  ["a line below the header", "ra,pm\nrad,mas/yr\n0.5,2.5\n", ["rad", "mas/yr"]],
  ["a comment below the header", "# ra pm\n# rad mas/yr\n0.5 2.5\n", ["rad", "mas/yr"]],
])("units by %s are the columns'", async (_what, content, units) => {
  const { columns, batches } = await openTable(folder.write("units", content));
  expect(columns.map(({ unit }) => unit)).toEqual(units);
  const rows = [];
  for await (const batch of batches) rows.push(...batch);
  expect(rows).toHaveLength(1);
});

test("a spreadsheet's line that names the separator is no header", async () => {
  expect(await read('sep=;\r\na;b\r\n1;"x,y"\r\n')).toMatchObject({ names: ["a", "b"], rows: [["1", "x,y"]] });
});

test("a header of texts above rows of texts is not taken from a comment of prose", async () => {
  expect(await read("# two words\nname,type\nNR Lyr,RRab\n")).toMatchObject({ names: ["name", "type"], rows: [["NR Lyr", "RRab"]] });
});

test("a row with fewer or more cells is still refused", async () => {
  await expect(read("a,b,c\n1,2,3\n4,5\n")).rejects.toThrow("has 2 cells where the header names 3");
  await expect(read("a,b\n1,2\n3,4,5\n")).rejects.toThrow("has 3 cells where the header names 2");
});

test.each([
  [
    "XHTML",
    '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd">\n<html><head><title>503</title>',
    /is a web page.*It says: '503'/,
  ],
  ["HTML after a comment", "<!-- proxy -->\n<html>", /is a web page/],
  ["a fragment", "<h1>Bad gateway</h1>", /is a web page/],
  ["HTML after instructions to a browser", '<?xml version="1.0"?><?xml-stylesheet href="x.xsl"?>\n<html>', /is a web page/],
  ["a pointer of Git LFS", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\n", /git lfs pull/],
  ["an IPAC table", "\\fixlen = T\n|source_id|ra|\n 1 2\n", /an IPAC table.*Ask the archive for CSV/],
  ["a list in JSON", '[{"message": "no"}]', /is JSON/],
  [
    "an exception in XML",
    '<?xml version="1.0"?><ServiceExceptionReport>no</ServiceExceptionReport>',
    /<ServiceExceptionReport> and not a VOTABLE/,
  ],
])("%s in place of a table is said to be what it is", async (_what, content, fault) => {
  await expect(read(content)).rejects.toThrow(fault);
});

const UNICODE_TEXT = "source_id\tra\r\n6917528997577384321\t10.5\r\n";
const bigEndian = (text: string): Buffer => Buffer.from(`\ufeff${text}`, "utf16le").swap16();

test.each([
  ["little", Buffer.from(`\ufeff${UNICODE_TEXT}`, "utf16le")],
  ["big", bigEndian(UNICODE_TEXT)],
])("UTF-16 with a byte order mark is read, %s-endian", async (_what, content) => {
  expect((await readTable(folder.write("t.txt", content))).rows).toEqual([["6917528997577384321", "10.5"]]);
});

test("a VOTable in UTF-16 is read", async () => {
  const document =
    '<?xml version="1.0" encoding="UTF-16"?><VOTABLE><RESOURCE><TABLE><FIELD name="a" datatype="int"/><DATA><TABLEDATA><TR><TD>5</TD></TR></TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>';
  expect((await readTable(folder.write("t.vot", bigEndian(document)))).rows).toEqual([[5]]);
});

test("UTF-16 that does not say so, or is cut off within a letter, is refused", async () => {
  await expect(readTable(folder.write("t.txt", Buffer.from(UNICODE_TEXT, "utf16le")))).rejects.toThrow(
    "UTF-16 text without a byte order mark",
  );
  const cut = Buffer.from(`\ufeff${UNICODE_TEXT}`, "utf16le").subarray(0, -1);
  await expect(readTable(folder.write("t.txt", cut))).rejects.toThrow("Is it truncated?");
});
