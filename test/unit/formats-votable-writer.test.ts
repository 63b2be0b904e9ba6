import { escapeXml, type VotableCell, type VotableHead, writeVotable } from "../../src/formats/votable/votable-writer";
import { readTable, temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();
const HEAD: VotableHead = {
  name: "stars",
  description: 'a <table> & "more"',
  icrs: { id: "icrs", epoch: 2016 },
  columns: [
    { name: "source_id", datatype: "long", ucd: "meta.id;meta.main" },
    { name: "ra", datatype: "double", unit: "deg", ref: "icrs", description: "right ascension" },
    { name: "g", datatype: "float", unit: "mag" },
    { name: "n", datatype: "short" },
    { name: "name", datatype: "unicodeChar" },
    { name: "ok", datatype: "boolean" },
  ],
};
const ROWS: VotableCell[][] = [
  [6917528997577384321n, 280.25, 0.5, 7, "Véga & <α>", true],
  [null, null, null, null, null, null],
  [1n, 1e-7, -0.25, -1, "]]>", false],
];

async function* inBatches(rows: readonly VotableCell[][], size: number) {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size);
}

async function whole(pieces: AsyncIterable<string>): Promise<string> {
  const all: string[] = [];
  for await (const piece of pieces) all.push(piece);
  return all.join("");
}

test.each([1, 2, 3])("a table written %d rows at a time is read back to the last digit", async (size) => {
  const text = await whole(writeVotable(HEAD, inBatches(ROWS, size)));
  const table = await readTable(folder.write("written.vot", text));
  expect(table.rows).toEqual(ROWS);
  expect(table.names).toEqual(HEAD.columns.map(({ name }) => name));
});

test("a number that is not finite is written as not measured", async () => {
  const text = await whole(
    writeVotable({ ...HEAD, columns: [HEAD.columns[2]!] }, inBatches([[Number.NaN], [Number.POSITIVE_INFINITY]], 2)),
  );
  expect(text).toContain("<TR><TD/></TR>\n<TR><TD/></TR>");
});

test("what XML cannot hold is replaced, and what means something to it is escaped", () => {
  expect(escapeXml('<a b="c">&\'\u0000\u001b\ud800')).toBe("&lt;a b=&quot;c&quot;&gt;&amp;&apos;\ufffd\ufffd\ufffd");
  expect(escapeXml("tab\there, 🜨")).toBe("tab\there, 🜨");
});

test("what the rows end with is asked after the last of them", async () => {
  let rows = 0;
  const counted = async function* () {
    for await (const batch of inBatches(ROWS, 1)) {
      rows += batch.length;
      yield batch;
    }
  };
  const text = await whole(writeVotable(HEAD, counted(), () => [{ name: "rows", value: String(rows) }]));
  expect(text).toMatch(/<\/TABLE>\n<INFO name="rows" value="3"><\/INFO>\n<\/RESOURCE>\n<\/VOTABLE>\n$/);
});

test("a fault of the rows passes on, and the document stays open", async () => {
  const pieces: string[] = [];
  const breaking = async function* () {
    yield ROWS;
    throw new Error("the database is gone");
  };
  const write = async () => {
    for await (const piece of writeVotable(HEAD, breaking())) pieces.push(piece);
  };
  await expect(write()).rejects.toThrow("the database is gone");
  expect(pieces.join("")).not.toContain("</VOTABLE>");
});
