import type { Column } from "../../../src/formats/table";
import { TableColumns } from "../../../training/datasets/table-columns";

const column = (name: string): Column => ({ name, unit: null, description: null, kind: "text" });
const names = () => new TableColumns([column("Star")], "t.csv").names(0, [{ from: -999, to: -999 }]);

test("a number that a mapping calls a null names no object", () => {
  expect(names()(["-998"], 1)).toBe("-998");
  expect(() => names()(["-999"], 1)).toThrow("t.csv, row 1: the id Star is empty");
  expect(() => names()(["N/A"], 2)).toThrow("t.csv, row 2: the id Star is empty");
});
