import { outputFormat } from "../../src/cli/output-format";

test.each([
  ["stars.parquet", "parquet"],
  ["stars.vot", "votable"],
  ["release.2/stars", "csv"],
])("%s is written as %s", (file, format) => {
  expect(outputFormat(file)).toBe(format);
});

test.each([
  ["stars.fits", ".fits"],
  ["stars.csv.gz", ".gz"],
])("%s is refused: no file has a name that promises another content", (file, ending) => {
  expect(() => outputFormat(file)).toThrow(expect.objectContaining({ code: "BAD_INPUT", message: expect.stringContaining(`'${ending}'`) }));
});
