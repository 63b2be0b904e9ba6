import { fitsFile, readTable, temporaryFolder, votable } from "../support/table-files";

const folder = temporaryFolder();
const table = (name: string, rows: string) => `<TABLE name="${name}"><FIELD name="id" datatype="int"/><DATA>${rows}</DATA></TABLE>`;
const row = (id: number) => `<TR><TD>${id}</TD></TR>`;
const document = (...tables: string[]) =>
  `<?xml version="1.0"?>\n<VOTABLE version="1.4"><RESOURCE>${tables.join("\n")}</RESOURCE></VOTABLE>`;
const text = (...ids: number[]) => `<TABLEDATA>${ids.map(row).join("")}</TABLEDATA>`;
const binary = (id: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(id);
  return `<BINARY><STREAM encoding="base64">${bytes.toString("base64")}</STREAM></BINARY>`;
};

const integer = (id: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(id);
  return bytes;
};
const unit = (name: string, ...ids: number[]) => fitsFile([{ TTYPE: "id", TFORM: "J" }], ids.map(integer), { name });
/** Two binary tables in one file: the second's primary header is left out. */
const twoUnits = Buffer.concat([unit("notes", 1), unit("stars", 7, 8).subarray(2880)]);

const FILES = [
  ["a VOTable", document(table("notes", text(1)), table("stars", text(7, 8)))],
  ["a VOTable in binary", document(table("notes", binary(1)), table("stars", binary(7)))],
  ["a FITS file", twoUnits],
] as const;

test.each(FILES)("%s of several tables with rows is refused, and they are listed", async (_what, content) => {
  const reading = readTable(folder.write("two", content));
  await expect(reading).rejects.toMatchObject({
    code: "BAD_INPUT",
    message: expect.stringMatching(/two holds 2 tables with rows: 1 'notes'( \(1 row\))?, 2 'stars'.*--table/),
  });
});

test.each(FILES)("of %s a table is chosen by its name in any case, or its number", async (_what, content) => {
  const file = folder.write("two", content);
  expect((await readTable(file, { table: "STARS" })).rows[0]).toEqual([7]);
  expect((await readTable(file, { table: "2" })).rows[0]).toEqual([7]);
  expect((await readTable(file, { table: "1" })).rows).toEqual([[1]]);
  await expect(readTable(file, { table: "3" })).rejects.toThrow("two has no table '3'. Its tables: 1 'notes'");
});

test("the only table that has rows is taken without a word", async () => {
  expect((await readTable(folder.write("one", document(table("empty", text()), table("stars", text(7)))))).rows).toEqual([[7]]);
});

test("a table cannot be chosen where there is one", async () => {
  await expect(readTable(folder.write("t.csv", "a,b\n1,2\n"), { table: "stars" })).rejects.toThrow("is a single table");
});

const FIELD = '<FIELD name="id" datatype="int"/>';
const withInfo = (value: string) =>
  votable(FIELD, text(1)).replace("</TABLE>", `</TABLE><INFO name="QUERY_STATUS" value="${value}">the disk is full</INFO>`);

test("an error that a service reports behind the rows fails the file, with its words", async () => {
  await expect(readTable(folder.write("e.vot", withInfo("ERROR")))).rejects.toThrow(/e.vot is not a whole result.*the disk is full/);
  await expect(readTable(folder.write("e.vot", withInfo(" error ")))).rejects.toThrow("the disk is full");
});

test("an INFO element called Error fails the file, as cone searches report", async () => {
  const document = votable(FIELD, text(1)).replace("<TABLE>", '<INFO name="Error" value="no such catalogue"/><TABLE>');
  await expect(readTable(folder.write("s.vot", document))).rejects.toThrow("error message: no such catalogue");
});

test("a result that was cut off is refused, unless that is accepted", async () => {
  const file = folder.write("o.vot", withInfo("OVERFLOW"));
  await expect(readTable(file)).rejects.toThrow(/cut it off at its limit of rows .*--accept-overflow/);
  expect((await readTable(file, { acceptOverflow: true })).rows).toEqual([[1]]);
  expect((await readTable(folder.write("ok.vot", withInfo("OK")))).rows).toEqual([[1]]);
});

test("a table with fewer rows than it announces is refused", async () => {
  const file = folder.write("n.vot", votable(FIELD, text(1)).replace("<TABLE>", '<TABLE nrows="2">'));
  await expect(readTable(file)).rejects.toThrow("announces 2 rows and holds 1");
});

test("a FITS file that ends within its second table is refused, even where the first is wanted", async () => {
  const many = Buffer.concat([unit("stars", 1), unit("more", ...Array.from({ length: 2000 }, (_, id) => id)).subarray(2880)]);
  await expect(readTable(folder.write("cut.fits", many.subarray(0, many.length - 5760)), { table: "1" })).rejects.toThrow(
    "it is truncated",
  );
});
