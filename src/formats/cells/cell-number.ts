import type { Cell } from "../table";
import { plainNumber } from "./number-text";

/** An array of one value is that value: services give scalars an array size of 1. */
export function scalarOf(cell: Cell): Exclude<Cell, readonly unknown[]> | undefined {
  if (!Array.isArray(cell)) return cell as Exclude<Cell, readonly unknown[]>;
  return cell.length === 0 ? null : cell.length === 1 ? cell[0] : undefined;
}

/**
 * The number that a cell holds.
 *
 * @returns null where there is none, as for NaN and infinities; undefined if the cell holds something else
 */
export function numberOfCell(cell: Cell | undefined): number | null | undefined {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === "number") return Number.isFinite(cell) ? cell : null;
  if (typeof cell === "string") {
    const text = plainNumber(cell);
    if (text === null || text === undefined) return text;
    const value = Number(text);
    return Number.isFinite(value) ? value : undefined;
  }
  if (typeof cell === "bigint") return Number(cell);
  if (typeof cell === "boolean") return Number(cell);
  const scalar = scalarOf(cell);
  return scalar === undefined ? undefined : numberOfCell(scalar);
}
