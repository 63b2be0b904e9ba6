import { AppError } from "../../errors";
import { numberOfCell } from "../cells/cell-number";
import type { Cell, Column } from "../table";
import { type Conversion, convertUnit, UNCHANGED } from "./convert-unit";

/** Brings a cell to the unit wanted: a number, or the cell itself where it holds none. */
export type ConvertCell = (cell: Cell) => Cell;

const SEXAGESIMAL = /^([+-]?)(\d{1,3})[\s:hd°]+(\d{1,2})(?:[\s:m'′]+(\d{1,2}(?:\.\d*)?)[s"″]?)?$/;

/** `-12:30:45.5` in units of its first part. @returns null if the text is no such number */
function sexagesimal(text: string): number | null {
  const found = SEXAGESIMAL.exec(text.trim());
  if (!found) return null;
  const [minutes, seconds] = [Number(found[3]), Number(found[4] ?? 0)];
  if (minutes >= 60 || seconds >= 60) return null;
  return (found[1] === "-" ? -1 : 1) * (Number(found[2]) + minutes / 60 + seconds / 3600);
}

/** @returns null if numbers stay as they are */
export function cellConverter({ times, per, sexagesimal: parted }: Conversion): ConvertCell | null {
  if (times === per && !parted) return null;
  const scaled = (value: number) => (value * times) / per;
  const convert = (cell: Cell): Cell => {
    if (Array.isArray(cell)) return cell.map((value: number | bigint | null) => (value === null ? null : scaled(Number(value))));
    const parts = parted && typeof cell === "string" ? sexagesimal(cell) : null;
    if (parts !== null) return scaled(parts);
    const value = numberOfCell(cell);
    return value === undefined ? cell : value === null ? null : scaled(value);
  };
  return convert;
}

/** What is to be read from a column. */
export interface WantedUnit {
  /** unit to convert to; null for a number without one */
  readonly unit: string | null;
  /** what a mapping says that the column is in; null if it says nothing */
  readonly stated?: string | null;
}

const shown = (unit: string | null) => (unit === null || unit === "-" ? "no unit" : `'${unit}'`);

/** What programs write as the unit of a column that has none stated. */
const isNotStated = (unit: string | null): unit is null => unit === null || /^(|none|null|nan|n\/a|unknown)$/i.test(unit.trim());

/**
 * How a column's numbers are brought to the unit wanted: from what the file states, else from what the mapping states, else they
 * are in it already.
 *
 * @throws AppError BAD_INPUT naming the column and both units where there is no conversion, or file and mapping disagree
 */
export function columnConversion({ name, unit }: Column, { unit: wanted, stated = null }: WantedUnit, file: string): Conversion {
  const target = wanted ?? "-";
  const byMapping = stated === null ? null : convertUnit(stated, target);
  if (isNotStated(unit)) return byMapping ?? UNCHANGED;
  const byFile = unit.trim() === target ? UNCHANGED : convertUnit(unit, target);
  // A mapping may say what an odd unit means, but not that a plain one is wrong.
  if (byFile === null && byMapping !== null) return byMapping;
  const where = `${file}, column ${name}: its unit is ${shown(unit)}`;
  if (byFile === null)
    throw new AppError("BAD_INPUT", `${where}, which cannot be converted to ${shown(wanted)}. Convert the column, or correct its unit.`);
  if (byMapping !== null && (byMapping.times * byFile.per !== byFile.times * byMapping.per || byMapping.sexagesimal !== byFile.sexagesimal))
    throw new AppError("BAD_INPUT", `${where} in the file, and '${stated}' in the mapping. Correct the one that is wrong.`);
  return byFile;
}

/** @returns the converter of a column's cells, null if they stay as they are @throws AppError as columnConversion does */
export const columnConverter = (column: Column, wanted: WantedUnit, file: string): ConvertCell | null =>
  cellConverter(columnConversion(column, wanted, file));
