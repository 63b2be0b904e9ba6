import { numberOfCell } from "../../src/formats/cells/cell-number";
import { isFloatingId } from "../../src/formats/cells/floating-id";
import { ColumnIndex } from "../../src/formats/column-index";

test.each([
  "",
  " ",
  "NA",
  "N/A",
  "n/a",
  "#N/A",
  "<NA>",
  "None",
  "null",
  "NULL",
  "NaN",
  "-nan",
  "nan",
  "--",
  "-",
  "masked",
  "\\N",
  "~",
  "...",
  "\\nodata",
  "INDEF",
  "nil",
  "undef",
  "missing",
  "n.a.",
  "-nan(ind)",
  "1.#INF",
  "inf",
  "-Infinity",
])("'%s' is a missing number", (text) => {
  expect(numberOfCell(text)).toBeNull();
});

test.each([
  ["0.1050D+02", 10.5],
  ["1.05d2", 105],
  ["1.05+02", 105],
  ["-1.05-102", -1.05e-102],
  ["1.5E-3", 0.0015],
  [" +2.50 ", 2.5],
  [".5", 0.5],
  ["3.", 3],
])("'%s' is the number %p", (text, value) => {
  expect(numberOfCell(text)).toBe(value);
});

test.each(["12:30", "1958-07", "0x10", "1,5", "****", "1e999", "12.5 mag", "true"])("'%s' is no number", (text) => {
  expect(numberOfCell(text)).toBeUndefined();
});

test("an array of one is its value, and one of two is no number", () => {
  expect(numberOfCell([2.5])).toBe(2.5);
  expect(numberOfCell([])).toBeNull();
  expect(numberOfCell([1, 2])).toBeUndefined();
});

test.each(["123.0", "1.2e5", "1e+15", "6.917528997577384e18"])("the identifier '%s' went through a floating-point number", (id) => {
  expect(isFloatingId(id)).toBe(true);
});

test.each(["123", "J1.5", "2MASS 1.0", "1E5", "12.25"])("the identifier '%s' did not", (id) => {
  expect(isFloatingId(id)).toBe(false);
});

test("columns are found in any case, and refused where two have the name", () => {
  const index = new ColumnIndex([{ name: "SOURCE_ID" }, { name: "Ra" }, { name: "parallax" }, { name: "Parallax" }, { name: "" }], "t.csv");
  expect(index.find("source_id")).toBe(0);
  expect(index.find("dec")).toBe(-1);
  expect(index.find("")).toBe(-1);
  expect(() => index.find("parallax")).toThrow("t.csv: 2 columns are called 'parallax' ('parallax', 'Parallax'");
});

test("blanks around the name of a column do not hide it, nor a second one of the name", () => {
  const index = new ColumnIndex([{ name: "source_id " }, { name: " RA" }], "t.vot");
  expect([index.find("source_id"), index.find("ra")]).toEqual([0, 1]);
  expect(() => new ColumnIndex([{ name: "ra" }, { name: "ra " }], "t.vot").find("ra")).toThrow("2 columns are called 'ra'");
});
