import { columnGroups } from "../../../training/values/column-groups";
import { STELLAR_RAW_COLUMNS } from "../../../training/values/expressions/stellar-columns";

const named = (...names: string[]) => names.map((name) => STELLAR_RAW_COLUMNS.find((column) => column.name === name)!);

test("the groups of some columns hold their places, each once", () => {
  const columns = named("skymapperU", "parallax", "skymapperUError", "twomassJ", "photGMeanMag", "twomassKs");
  expect(columnGroups(columns)).toEqual([
    { name: "skymapper", columns: [0, 2] },
    { name: "parallax", columns: [1] },
    { name: "2mass", columns: [3, 5] },
    { name: "gaia-photometry", columns: [4] },
  ]);
});
