import { numberOfCell } from "../../formats/cells/cell-number";
import { ColumnIndex } from "../../formats/column-index";
import type { Cell } from "../../formats/table";
import { isRelease, type Release } from "../release";
import { releaseOfCell, releaseOfDesignation } from "../source-id-column";
import type { FileHead } from "./plan";

/** Julian year of the positions of a release [yr]. */
export const REFERENCE_EPOCH: Readonly<Record<Release, number>> = { 2: 2015.5, 3: 2016, 4: 2017.5 };

/** The release whose positions are of an epoch [yr]; null if none is. */
export function releaseOfEpoch(epoch: Cell): Release | null {
  const year = numberOfCell(epoch);
  return ([2, 3, 4] as const).find((release) => REFERENCE_EPOCH[release] === year) ?? null;
}

/**
 * The release of a table's source_ids, by its first row: what the designation or a column `release` says, else the
 * reference epoch (2015.5 is DR2's), else DR3.
 */
export function releaseOfTable({ columns, firstRow, name }: FileHead): Release {
  const index = new ColumnIndex(columns, name);
  const cell = (column: string): Cell => firstRow?.[index.find(column)] ?? null;
  const said = releaseOfDesignation(cell("designation")) ?? releaseOfCell(cell("release"));
  if (said !== null && isRelease(said)) return said;
  return releaseOfEpoch(cell("ref_epoch")) ?? 3;
}
