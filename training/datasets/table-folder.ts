import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import type { StellarColumn, StellarRow } from "../../src/catalogue/stellar-row";
import { AppError } from "../../src/errors";
import { openTable } from "../../src/formats/open-table";
import type { Cell } from "../../src/formats/table";
import { recogniseLayout, type TableLayout } from "./table-layout";

/** A row of a user's table. */
export interface TableStar {
  readonly id: string;
  readonly row: StellarRow;
  /** in the order of the layout's labels; NaN where the table has none */
  readonly labels: Float64Array;
}

export interface StarTable {
  /** the folder's or file's base name */
  readonly source: string;
  /** as it was named */
  readonly path: string;
  readonly layout: TableLayout;
  /** of the files' bytes, in the order of their names */
  readonly sha256: string;
  readonly stars: readonly TableStar[];
}

const TABLE_FILE = /\.(csv|ecsv|fits?|vot|xml)(\.gz)?$/i;

/** Rows are held in memory to train on; larger samples belong in the catalogue. */
const MAX_ROWS = 2_000_000;

async function tableFiles(place: string): Promise<string[]> {
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
  if (cell === null || cell === undefined || cell === "") return Number.NaN;
  const value = Number(cell);
  if (Number.isNaN(value) && !/^\s*(nan|null|--?)\s*$/i.test(String(cell)))
    throw new AppError("BAD_INPUT", `${where()} holds '${String(cell).slice(0, 40)}', which is no number. Mend the file.`);
  return Number.isFinite(value) && !layout.nullValues.includes(value) ? value : Number.NaN;
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

async function readFile(file: string, into: TableStar[]): Promise<TableLayout> {
  const table = await openTable(file);
  const header = table.columns.map(({ name }) => name);
  const layout = recogniseLayout(header, file);
  const read = rowReader(layout, header, file);
  let line = 0;
  for await (const batch of table.batches) {
    for (const cells of batch) into.push(read(cells, ++line));
    if (into.length > MAX_ROWS)
      throw new AppError("BAD_INPUT", `${file} has more than ${MAX_ROWS} rows. Ingest it into the catalogue and leave --data out.`);
  }
  return layout;
}

function refuseRepeatedIds(stars: readonly TableStar[], place: string): void {
  const seen = new Set<string>();
  for (const { id } of stars) {
    if (seen.has(id)) throw new AppError("BAD_INPUT", `${place} holds the id ${id} twice. Keep one row an id.`);
    seen.add(id);
  }
}

/**
 * Reads the table in a file, or all those in a folder, whose header tells the layout.
 *
 * @throws AppError NOT_FOUND or BAD_INPUT naming the file, the row and what is wrong with it
 */
export async function readStarTable(place: string): Promise<StarTable> {
  const files = await tableFiles(place);
  const stars: TableStar[] = [];
  const layouts: TableLayout[] = [];
  const hash = createHash("sha256");
  for (const file of files) {
    layouts.push(await readFile(file, stars));
    await pipeline(createReadStream(file), async (bytes) => {
      for await (const chunk of bytes) hash.update(chunk as Uint8Array);
    });
  }
  const [layout] = layouts;
  if (layouts.some((one) => one !== layout))
    throw new AppError("BAD_INPUT", `The tables in ${place} are of several layouts. Name one file.`);
  refuseRepeatedIds(stars, place);
  return { source: path.basename(path.resolve(place)), path: place, layout, sha256: hash.digest("hex"), stars };
}
