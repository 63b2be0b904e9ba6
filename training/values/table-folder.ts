import path from "node:path";
import { AppError } from "../../src/errors";
import type { TableChoice } from "../../src/formats/open-table";
import { hashFiles } from "../datasets/hash-files";
import { openStarFile, type TableStar, tableFiles } from "./star-file";
import type { TableLayout } from "./table-layout";

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

/** Rows are held in memory to train on; larger samples belong in the catalogue. */
const MAX_ROWS = 2_000_000;

async function readFile(file: string, into: TableStar[], choice: TableChoice | undefined): Promise<TableLayout> {
  const { layout, batches } = await openStarFile(file, undefined, choice);
  for await (const batch of batches) {
    into.push(...batch);
    if (into.length > MAX_ROWS)
      throw new AppError("BAD_INPUT", `${file} has more than ${MAX_ROWS} rows. Ingest it into the catalogue and leave --data out.`);
  }
  return layout;
}

function refuseRepeatedIds(stars: readonly TableStar[], place: string): void {
  const seen = new Set<string>();
  for (const { id } of stars) {
    if (seen.has(id)) throw new AppError("BAD_INPUT", `${place} holds the id ${id} twice. Keep one row for each id.`);
    seen.add(id);
  }
}

/**
 * Reads the table in a file, or all those in a folder, whose header tells the layout.
 *
 * @throws AppError NOT_FOUND or BAD_INPUT naming the file, the row and what is wrong with it
 */
export async function readStarTable(place: string, choice?: TableChoice): Promise<StarTable> {
  const files = await tableFiles(place);
  const stars: TableStar[] = [];
  const layouts: TableLayout[] = [];
  for (const file of files) layouts.push(await readFile(file, stars, choice));
  const layout = layouts[0]!; // tableFiles names at least one file
  if (layouts.some((one) => one !== layout))
    throw new AppError("BAD_INPUT", `The tables in ${place} are of several layouts. Name one file.`);
  refuseRepeatedIds(stars, place);
  return { source: path.basename(path.resolve(place)), path: place, layout, sha256: await hashFiles(files), stars };
}
