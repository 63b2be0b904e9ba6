import { AppError } from "../../errors";
import type { Cell } from "../../formats/table";
import { ColumnIndex } from "./column-index";
import type { FileHead } from "./plan";

/** A Gaia data release that has a partition of its own. */
export type Release = 2 | 3 | 4;

/** Julian year of the positions of a release [yr]. */
export const REFERENCE_EPOCH: Readonly<Record<Release, number>> = { 2: 2015.5, 3: 2016, 4: 2017.5 };

const isRelease = (value: number): value is Release => value === 2 || value === 3 || value === 4;

/** Reads `DR3`, `dr3`, `3`, `Gaia DR3`; EDR3's sources are DR3's. @throws AppError BAD_INPUT */
export function parseRelease(text: string): Release {
  const number = Number(/^(?:gaia\s*)?(?:e?dr)?([234])$/i.exec(text.trim())?.[1]);
  if (!isRelease(number)) throw new AppError("BAD_INPUT", `The release must be DR2, DR3 or DR4, not '${text}'.`);
  return number;
}

/** The release that a designation such as `Gaia DR3 4583627001381815936` names; null where it names none. */
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
