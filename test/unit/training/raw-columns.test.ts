import { STELLAR_RAW_COLUMNS } from "../../../training/values/expressions/stellar-columns";
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
