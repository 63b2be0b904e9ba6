import path from "node:path";
import type { Cell } from "../../src/formats/table";
import { describeRealData, REAL_DATA } from "../support/real-data";
import { readTable } from "../support/table-files";

const folder = path.join(REAL_DATA ?? "", "gaia-archive-files/xp_continuous");

/** Single-precision columns print in 7 to 9 digits in the text formats. */
const single = (cell: Cell): Cell =>
  typeof cell === "number"
    ? Math.fround(cell)
    : Array.isArray(cell)
      ? cell.map((element) => (element === null ? null : Math.fround(element)))
      : cell;

describeRealData("one table in every format of the Gaia archive", () => {
  test.each([
    ["BINARY2", "XP_CONTINUOUS_RAW.xml"],
    ["TABLEDATA", "XP_CONTINUOUS_RAW_plain.xml"],
    ["FITS", "XP_CONTINUOUS_RAW.fits"],
  ])("%s says the same as ECSV, arrays included", async (_format, name) => {
    const [ecsv, other] = await Promise.all([readTable(path.join(folder, "XP_CONTINUOUS_RAW.ecsv")), readTable(path.join(folder, name))]);
    expect(other.names).toEqual(ecsv.names);
    const variable = other.format === "fits" ? other.rows[0]!.flatMap((cell, index) => (cell === null ? [index] : [])) : [];
    const comparable = (rows: readonly Cell[][]) =>
      rows.map((row) => row.map((cell, index) => (variable.includes(index) ? null : single(cell))));
    expect(comparable(other.rows)).toEqual(comparable(ecsv.rows));
  });
});
