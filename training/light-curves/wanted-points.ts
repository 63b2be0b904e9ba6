import { Rejected } from "../../src/catalogue/ingest/column";
import { flagsOfCell } from "../../src/catalogue/ingest/light-curves/points";
import { AppError } from "../../src/errors";
import type { Cell, Column } from "../../src/formats/table";
import { TableColumns } from "../datasets/table-columns";

const BAND = ["band", "filter"] as const;
/** Gaia's archive marks points that its photometry or its variability analysis rejected. */
const REJECTED = ["rejected_by_photometry", "rejected_by_variability", "variability_flag_g_reject", "rejected"] as const;
const IS_G = /^(?:gaia.*[ _./-])?g$/i;
const MOST_SHOWN = 5;

/** Which rows of a table of points are used: those in G, where a column says of which band they are, that the archive did not reject. */
export class WantedPoints {
  private readonly band: number;
  private readonly flags: readonly { readonly at: number; readonly name: string }[];
  private readonly otherBands = new Set<string>();
  private hasG = false;

  /** @param file for messages */
  constructor(
    header: readonly Column[],
    private readonly file: string,
  ) {
    const columns = new TableColumns(header, file);
    this.band = columns.find(BAND);
    this.flags = REJECTED.map((name) => ({ at: columns.find([name]), name })).filter(({ at }) => at >= 0);
  }

  /** @param row from 1, for messages @throws AppError BAD_INPUT if a flag is neither true nor false */
  has(cells: readonly Cell[], row: number): boolean {
    return this.isInG(cells) && !this.flags.some(({ at, name }) => this.isSet(cells[at] ?? null, name, row));
  }

  /** @throws AppError BAD_INPUT if every point was of another band */
  requireG(): void {
    if (this.hasG || this.otherBands.size === 0) return;
    const bands = [...this.otherBands].slice(0, MOST_SHOWN).join(", ");
    throw new AppError("BAD_INPUT", `${this.file} has no point in the band G, which the models look at; its bands are ${bands}.`);
  }

  private isInG(cells: readonly Cell[]): boolean {
    if (this.band < 0) return true;
    const name = String(cells[this.band] ?? "").trim();
    if (!IS_G.test(name)) {
      if (this.otherBands.size < MOST_SHOWN) this.otherBands.add(`'${name.slice(0, 20)}'`);
      return false;
    }
    this.hasG = true;
    return true;
  }

  private isSet(cell: Cell, name: string, row: number): boolean {
    const flags = flagsOfCell(cell, name);
    if (flags instanceof Rejected)
      throw new AppError("BAD_INPUT", `${this.file}, row ${row}: ${flags.reason}: '${String(cell).slice(0, 40)}' is not true or false.`);
    return flags.includes(true);
  }
}
