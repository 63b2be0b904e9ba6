import { gzipSync } from "node:zlib";
import { readTable, temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();

/** A table of one row whose columns have these types. */
function ecsv(columns: Record<string, string>, row: string, delimiter = ","): string {
  const types = Object.entries(columns).map(([name, type]) => `# - {name: ${name}, ${type}}\n`);
  const head = `# %ECSV 1.0\n# ---\n# delimiter: '${delimiter}'\n# datatype:\n${types.join("")}# schema: astropy-2.0\n`;
  return `${head}${Object.keys(columns).join(delimiter)}\n${row}\n`;
}

test("each type is read as it is declared", async () => {
  const columns = {
    source_id: "datatype: int64, unit: '', description: identity",
    n: "datatype: int16",
    ra: "datatype: float64, unit: deg",
    flag: "datatype: bool",
    name: "datatype: string",
    flux: "datatype: string, subtype: 'float32[null]'",
  };
  const file = folder.write("types.ecsv", ecsv(columns, '6917528997577384321,-3,1e-3,True,Vega,"[1.5,null,NaN]"'));
  expect((await readTable(file)).rows).toEqual([[6917528997577384321n, -3, 0.001, true, "Vega", [1.5, null, null]]]);
});

test("an empty cell, null and nan are null", async () => {
  const file = folder.write(
    "nulls.ecsv",
    gzipSync(ecsv({ a: "datatype: float64", b: "datatype: int64", c: "datatype: float32" }, ",null,nan")),
  );
  expect((await readTable(file)).rows).toEqual([[null, null, null]]);
});

test("blanks may set columns apart, with quoted text between them", async () => {
  const file = folder.write("blank.ecsv", ecsv({ a: "datatype: int32", b: "datatype: string" }, '5 "AA Aql"', " "));
  expect((await readTable(file)).rows).toEqual([[5, "AA Aql"]]);
});

test("untyped reading leaves the file's text", async () => {
  const file = folder.write("raw.ecsv", ecsv({ id: "datatype: int64", ra: "datatype: float64" }, "12,0.10"));
  expect((await readTable(file, { typed: false })).rows).toEqual([["12", "0.10"]]);
});

test("a header whose meta section is no YAML is read, as the archive writes one", async () => {
  const content = ecsv({ id: "datatype: int64" }, "1").replace("# schema: astropy-2.0\n", "# meta:\n#   QUERY: \n#   |\n#     SELECT\n");
  expect((await readTable(folder.write("meta.ecsv", content))).rows).toEqual([[1n]]);
});

test.each([
  ["a number that is none", ecsv({ a: "datatype: float64" }, "1.2.3"), /column a: '1.2.3' is not a number/],
  ["an integer with a fraction", ecsv({ a: "datatype: int64" }, "1.5"), /column a: '1.5' is not a whole number/],
  ["a type that is not read", ecsv({ a: "datatype: complex64" }, "1"), /'complex64' is not read/],
  [
    "a header that does not name the table's columns",
    ecsv({ a: "datatype: int64" }, "1").replace("\na\n", "\nb\n"),
    /declares the columns a.*names b/,
  ],
  ["a header without columns", "# %ECSV 1.0\n# ---\na\n1\n", /must list each column's name and datatype/],
])("%s is refused", async (_what, content, fault) => {
  await expect(readTable(folder.write("fault.ecsv", content))).rejects.toMatchObject({
    code: "BAD_INPUT",
    message: expect.stringMatching(fault),
  });
});
