import { STELLAR_RAW_COLUMNS } from "../../../training/values/expressions/stellar-columns";
import { tableColumns } from "../../../training/values/expressions/table-columns";
import { columnGroups, missingFlags, rawMatrix } from "../../../training/values/raw-columns";

const named = (...names: string[]) => names.map((name) => STELLAR_RAW_COLUMNS.find((column) => column.name === name)!);

test("rows become a matrix in the columns' order, with NaN where nothing was measured", () => {
  const columns = named("photGMeanMag", "parallax");
  const matrix = rawMatrix(columns, [{ parallax: 2, photGMeanMag: 12, av: 1 }, { parallax: null }, null]);
  expect([...matrix]).toEqual([12, 2, Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
  expect([...missingFlags(matrix)]).toEqual([0, 0, 1, 1, 1, 1]);
});

test("the groups of some columns hold their places, each once", () => {
  const columns = named("skymapperU", "parallax", "skymapperUError", "twomassJ", "photGMeanMag", "twomassKs");
  expect(columnGroups(columns)).toEqual([
    { name: "skymapper", columns: [0, 2] },
    { name: "parallax", columns: [1] },
    { name: "2mass", columns: [3, 5] },
    { name: "gaia-photometry", columns: [4] },
  ]);
});

test("a table's columns are grouped by what stands before the underscore, and an error with its value", () => {
  const mag = (name: string, error?: string) => ({ name, unit: "mag", ...(error !== undefined && { error }) });
  const columns = tableColumns([
    mag("twomass_j", "sig_j"),
    mag("twomass_h"),
    mag("BT", "sig_BT"),
    mag("sig_j"),
    mag("sig_BT"),
    mag("E_BV"),
    { ...mag("W1"), group: "allwise", description: "AllWISE W1", aliases: ["w1mpro"] },
  ]);
  expect(columns.map(({ name, group }) => [name, group])).toEqual([
    ["twomass_j", "twomass"],
    ["twomass_h", "twomass"],
    ["BT", "BT"],
    ["sig_j", "twomass"],
    ["sig_BT", "BT"],
    ["E_BV", "E_BV"],
    ["W1", "allwise"],
  ]);
  expect(columns[0]).toEqual({ name: "twomass_j", unit: "mag", description: "twomass_j", aliases: [], error: "sig_j", group: "twomass" });
  expect(columns[6]).toMatchObject({ description: "AllWISE W1", aliases: ["w1mpro"] });
});
