import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { StellarColumn, StellarRow } from "../../src/catalogue/stellar-row";
import { AppError } from "../../src/errors";
import { type OpenOptions, openTable } from "../../src/formats/open-table";
import type { Cell } from "../../src/formats/table";
import { cellNumber } from "../datasets/cell-number";
import { recogniseLayout, type TableLayout } from "./table-layout";

/** A row of a user's table. */
export interface TableStar {
  readonly id: string;
  readonly row: StellarRow;
  /** in the order of the layout's labels; NaN if the table has none */
  readonly labels: Float64Array;
}

const TABLE_FILE = /\.(csv|ecsv|fits?|vot|xml|txt|dat)(\.gz)?$/i;

/**
 * The tables in a folder, by name, or the one file that was named.
 *
 * @throws AppError NOT_FOUND if there is nothing, BAD_INPUT if a folder holds no table
 */
export async function tableFiles(place: string): Promise<string[]> {
  const found = await stat(place).catch((cause) => {
    throw new AppError("NOT_FOUND", `There is no file or folder ${place}.`, { cause });
  });
  if (!found.isDirectory()) return [place];
  const names = (await readdir(place)).filter((name) => TABLE_FILE.test(name) && !name.startsWith(".")).sort();
  if (names.length === 0)
    throw new AppError("BAD_INPUT", `The folder ${place} holds no table: a .csv, .ecsv, .fits or .vot file is wanted.`);
  return names.map((name) => path.join(place, name));
}

/** @returns NaN for a missing value */
function numberOf(cell: Cell | undefined, layout: TableLayout, where: () => string): number {
  const value = cellNumber(cell, where);
  return layout.nullValues.includes(value) ? Number.NaN : value;
}

/** How to read a row of one file. */
function rowReader(layout: TableLayout, header: readonly string[], file: string): (cells: readonly Cell[], line: number) => TableStar {
  const at = new Map(header.map((name, index) => [name, index]));
  const columns = Object.entries(layout.columns) as [StellarColumn, string][];
  return (cells, line) => {
    const read = (column: string) => numberOf(cells[at.get(column) ?? -1], layout, () => `${file}, row ${line}: the column ${column}`);
    const id = String(cells[at.get(layout.idColumn)!] ?? "").trim();
    if (id === "") throw new AppError("BAD_INPUT", `${file}, row ${line}: the id ${layout.idColumn} is empty.`);
    const row = Object.fromEntries(
      columns.map(([ours, theirs]) => [ours, read(theirs)] as const).filter(([, value]) => !Number.isNaN(value)),
    );
    return { id, row, labels: Float64Array.from(layout.labels, ({ column }) => read(column)) };
  };
}

/** Tells a file's layout by its header. @throws AppError BAD_INPUT if it has another */
export type ChooseLayout = (header: readonly string[], file: string) => TableLayout;

/** A table file as a stream of stars, in the file's order. */
export interface StarFile {
  readonly layout: TableLayout;
  /** May be read once. Throws AppError BAD_INPUT at the first fault of the file. */
  readonly batches: AsyncIterable<readonly TableStar[]>;
}

/** @throws AppError NOT_FOUND, or BAD_INPUT naming the file and its fault */
export async function openStarFile(
  file: string,
  chooseLayout: ChooseLayout = recogniseLayout,
  onBytes?: OpenOptions["onBytes"],
): Promise<StarFile> {
  const table = await openTable(file, { onBytes });
  const header = table.columns.map(({ name }) => name);
  const layout = chooseLayout(header, file);
  const read = rowReader(layout, header, file);
  return { layout, batches: starsOf(table.batches, read) };
}

async function* starsOf(
  batches: AsyncIterable<readonly (readonly Cell[])[]>,
  read: (cells: readonly Cell[], line: number) => TableStar,
): AsyncGenerator<TableStar[]> {
  let line = 0;
  for await (const batch of batches) yield batch.map((cells) => read(cells, ++line));
}
