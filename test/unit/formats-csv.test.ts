import { gzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { RecordCutter } from "../../src/formats/csv/csv-records";
import { uniform } from "../support/random";
import { readTable, temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();

function cutInPieces(text: string, sizes: () => number): string[][] {
  const cutter = new RecordCutter("test.csv", ",");
  const records: string[][] = [];
  for (let at = 0; at < text.length; ) {
    const size = sizes();
    records.push(...cutter.push(text.slice(at, at + size)));
    at += size;
  }
  return [...records, ...cutter.end()];
}

test("quotes, line breaks and pieces of any length are cut as csv-parse cuts them", () => {
  const random = uniform(7);
  const pick = (choices: readonly string[]) => choices[Math.floor(random() * choices.length)]!;
  for (let round = 0; round < 300; round++) {
    const lineEnd = pick(["\n", "\r\n"]);
    const cell = () => pick(["1.5", "", "a b", '"a,b"', '"say ""so"""', '"two\nlines"', '"\r\n"', "é✓", '""']);
    const records = Array.from({ length: 5 }, () => [`r${round}`, cell(), cell(), cell()].join(","));
    const text = records.join(lineEnd) + pick(["", lineEnd]);
    const wanted = parse(text, { relax_column_count: true });
    expect(cutInPieces(text, () => 1 + Math.floor(random() * 6))).toEqual(wanted);
    expect(cutInPieces(text, () => 1000)).toEqual(wanted);
  }
});

test("a byte order mark, CRLF and a last line without its end are read", async () => {
  const file = folder.write("bom.csv", "\ufeffid,name\r\n1,Véga\r\n2,");
  expect(await readTable(file)).toEqual({
    format: "csv",
    names: ["id", "name"],
    rows: [
      ["1", "Véga"],
      ["2", null],
    ],
  });
});

test("a gzip file is told by its bytes, whatever its name", async () => {
  const file = folder.write("plain.csv", gzipSync("id,ra\n6917528997577384321,1.5\n"));
  expect((await readTable(file)).rows).toEqual([["6917528997577384321", "1.5"]]);
});

test("columns set apart by blanks, with a # before the header, are read", async () => {
  const file = folder.write("stars.dat", '# name   feh  src\n  NR_Lyr  -2.54  ""\n  "AA Aql"\t-0.32  x  \n');
  expect(await readTable(file, { delimiter: "whitespace" })).toMatchObject({
    names: ["name", "feh", "src"],
    rows: [
      ["NR_Lyr", "-2.54", null],
      ["AA Aql", "-0.32", "x"],
    ],
  });
});

test.each([
  ["a truncated gzip", gzipSync(`id\n${"12345\n".repeat(50_000)}`).subarray(0, 300), /gzip stream ends in the middle: it is truncated/],
  ["a damaged gzip", Buffer.concat([gzipSync("id\n1\n").subarray(0, 10), Buffer.alloc(100, 0xff)]), /gzip stream is damaged/],
  ["a record with too few cells", "a,b,c\n1,2,3\n4,5\n", /record that begins with '4' .* has 2 cells where the header names 3/],
  ["an unclosed quote", 'a,b\n1,"open\n2,3\n', /quote opened in the record at line 2 is never closed/],
  ["text after a closing quote", 'a,b\n1,"x"y\n', /text follows a closing quote in the record at line 2/],
  ["bytes that are not UTF-8", Buffer.from([0x61, 0x0a, 0xe9, 0x0a]), /is not UTF-8 text/],
  ["a zip archive without its end", Buffer.from("PK\x03\x04rest"), /cannot be read as a zip archive: .* Is it truncated\?/],
  ["a web page", "<!DOCTYPE html><html>502</html>", /is a web page, perhaps a server's error message.* It says: '502'/],
  ["JSON", '{"error": {"code": 503}}', /is JSON, perhaps a server's error message/],
  ["a binary file", Buffer.from([1, 0, 2, 0]), /binary file of no known format/],
  ["an empty file", "", /is empty/],
])("%s is refused with its fault", async (_what, content, fault) => {
  await expect(readTable(folder.write("fault", content))).rejects.toMatchObject({
    code: "BAD_INPUT",
    message: expect.stringMatching(fault),
  });
});

test("a file that is not there is NOT_FOUND", async () => {
  await expect(readTable(`${folder.path}/none.csv`)).rejects.toMatchObject({ code: "NOT_FOUND" });
});
