import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { STELLAR_COLUMNS, type StellarColumn, type StellarRow } from "../../src/catalogue/stellar-row";
import { AppError } from "../../src/errors";
import { type OpenOptions, openTable } from "../../src/formats/open-table";
import type { Cell, Column } from "../../src/formats/table";
import { TableColumns } from "../datasets/table-columns";
import { isTableName } from "../datasets/table-file-name";
import { recogniseLayout, type TableLayout } from "./table-layout";

/** A row of a user's table. */
export interface TableStar {
  readonly id: string;
  readonly row: StellarRow;
  /** in the order of the layout's labels; NaN if the table has none */
  readonly labels: Float64Array;
}

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
  const names = (await readdir(place)).filter(isTableName).sort();
  if (names.length === 0)
    throw new AppError("BAD_INPUT", `The folder ${place} holds no table: a .csv, .txt, .ecsv, .fits, .vot or .parquet file is wanted.`);
  return names.map((name) => path.join(place, name));
}

/** How to read a row of one file. @throws AppError BAD_INPUT if an id or a unit cannot be what the layout wants */
function rowReader(layout: TableLayout, header: readonly Column[], file: string): (cells: readonly Cell[], line: number) => TableStar {
  const columns = new TableColumns(header, file);
  const numbers = (name: string, unit: string) => {
    const read = columns.numbers(columns.find([name]), unit);
    return (cells: readonly Cell[], line: number) => {
      const value = read(cells, line);
      return layout.nullValues.includes(value) ? Number.NaN : value;
    };
  };
  const inputs = (Object.entries(layout.columns) as [StellarColumn, string][]).map(
    ([ours, theirs]) => [ours, numbers(theirs, STELLAR_COLUMNS[ours].unit)] as const,
  );
  const labels = layout.labels.map(({ column, unit }) => numbers(column, unit));
  const idAt = columns.require([layout.idColumn], "the id");
  const readId = layout.idIsSourceId ? columns.sourceIds(idAt) : columns.names(idAt);
  return (cells, line) => {
    const known = inputs.map(([ours, read]) => [ours, read(cells, line)] as const).filter(([, value]) => !Number.isNaN(value));
    return {
      id: String(readId(cells, line)),
      row: Object.fromEntries(known),
      labels: Float64Array.from(labels, (read) => read(cells, line)),
    };
  };
}

/** Tells a file's layout by its header. @throws AppError BAD_INPUT if it has another */
export type ChooseLayout = (header: readonly Column[], file: string) => TableLayout;

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
  options: OpenOptions = {},
): Promise<StarFile> {
  const table = await openTable(file, options);
  const layout = chooseLayout(table.columns, file);
  const read = rowReader(layout, table.columns, file);
  return { layout, batches: starsOf(table.batches, read) };
}

async function* starsOf(
  batches: AsyncIterable<readonly (readonly Cell[])[]>,
  read: (cells: readonly Cell[], line: number) => TableStar,
): AsyncGenerator<TableStar[]> {
  let line = 0;
  for await (const batch of batches) yield batch.map((cells) => read(cells, ++line));
}
