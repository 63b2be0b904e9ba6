import type { Cell } from "../../formats/table";
import { isRelease, type Release } from "../release";
import { ColumnIndex } from "./column-index";
import type { FileHead } from "./plan";

/** Julian year of the positions of a release [yr]. */
export const REFERENCE_EPOCH: Readonly<Record<Release, number>> = { 2: 2015.5, 3: 2016, 4: 2017.5 };

/** The release that a designation such as `Gaia DR3 4583627001381815936` names; null if it names none. */
export function releaseOfDesignation(designation: Cell): Release | null {
  if (typeof designation !== "string") return null;
  const at = designation.indexOf("DR");
  const number = at === -1 ? Number.NaN : Number(designation[at + 2]);
  return isRelease(number) ? number : null;
}

/**
 * The release of a table's source_ids, by its first row: what the designation says, else the reference epoch (2015.5
 * is DR2's), else DR3.
 */
export function releaseOfTable({ columns, firstRow }: FileHead): Release {
  const index = new ColumnIndex(columns);
  const cell = (name: string): Cell => firstRow?.[index.find(name)] ?? null;
  const said = releaseOfDesignation(cell("designation"));
  if (said !== null) return said;
  return cell("ref_epoch") !== null && Number(cell("ref_epoch")) === REFERENCE_EPOCH[2] ? 2 : 3;
}
