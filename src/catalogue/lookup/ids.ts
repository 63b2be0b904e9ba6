import { open } from "node:fs/promises";
import path from "node:path";
import { AppError } from "../../errors";
import { openTable } from "../../formats/open-table";
import { readParquetColumn } from "../../formats/parquet/parquet-column";
import type { Cell } from "../../formats/table";

/** Ids that one file may hold. */
export const MAX_IDS = 1_000_000;

/** [byte] of a file, unpacked: ids without company take 20 MB, and 1 GiB leaves room for a thousand bytes about each. */
const MAX_UNPACKED_BYTES = 2 ** 30;

/** The largest bigint of PostgreSQL. */
const LARGEST_ID = 2n ** 63n - 1n;

/** In the name of a file's only column it means that the columns are not separated by commas. */
const OTHER_DELIMITER = /[;|\t]/;

export interface IdsOptions {
  /** of the file; without it source_id, or the only one there is */
  readonly column?: string | undefined;
  /** what the file is called in messages; its own name without it */
  readonly name?: string | undefined;
}

/** @returns the id that a cell holds, or what is wrong with it */
function parseId(cell: Cell | undefined): bigint | string {
  if (typeof cell === "bigint") return cell >= 0n && cell <= LARGEST_ID ? cell : `${cell} is out of range`;
  if (typeof cell === "number") {
    if (Number.isSafeInteger(cell) && cell >= 0) return BigInt(cell);
    return `${cell} is a floating-point number, which cannot hold an id: write ids as 64-bit integers or as text`;
  }
  if (cell === null || cell === undefined) return "the cell is empty";
  const text = String(cell).trim();
  if (text === "") return "the cell is empty";
  if (/^\d{1,19}$/.test(text) && BigInt(text) <= LARGEST_ID) return BigInt(text);
  return `'${text.slice(0, 40)}' is not a whole number up to ${LARGEST_ID}`;
}

/** Takes ids one after another into one array of 8 bytes each. */
class IdList {
  #ids = new BigInt64Array(1024);
  length = 0;

  constructor(private readonly file: string) {}

  /** @throws AppError BAD_INPUT if a file has more rows than are looked up */
  checkLength(rows: number): void {
    if (rows <= MAX_IDS) return;
    const advice = "Cut it into files of as many; use /export for whole tables.";
    throw new AppError("BAD_INPUT", `${this.file} has more than ${MAX_IDS} rows. ${advice}`);
  }

  push(cell: Cell | undefined): void {
    const id = parseId(cell);
    if (typeof id === "string")
      throw new AppError("BAD_INPUT", `${this.file}, row ${this.length + 1}: ${id}. Every row needs a source_id.`);
    this.checkLength(this.length + 1);
    if (this.length === this.#ids.length) {
      const larger = new BigInt64Array(2 * this.length);
      larger.set(this.#ids);
      this.#ids = larger;
    }
    this.#ids[this.length++] = id;
  }

  finish(): BigInt64Array {
    if (this.length === 0) throw new AppError("BAD_INPUT", `${this.file} has no rows: there is nothing to look up.`);
    return this.#ids.subarray(0, this.length);
  }
}

/** @returns which of the columns holds the ids */
function idColumn(file: string, names: readonly string[], wanted: string | undefined): number {
  const place = names.findIndex((name) => name.toLowerCase() === (wanted ?? "source_id").toLowerCase());
  if (place >= 0) return place;
  if (names.length === 1 && OTHER_DELIMITER.test(names[0]!)) {
    const header = names[0]!.slice(0, 200);
    throw new AppError("BAD_INPUT", `${file}: the header '${header}' has no comma. Separate the columns of a CSV file by commas.`);
  }
  if (wanted === undefined && names.length === 1) return 0;
  const among = names.slice(0, 10).join(", ").slice(0, 200);
  throw new AppError(
    "BAD_INPUT",
    `${file} has no column '${wanted ?? "source_id"}' among ${among}. State which one holds the ids: the parameter column, on the command line --column.`,
  );
}

async function isParquet(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString("latin1") === "PAR1";
  } finally {
    await handle.close();
  }
}

async function fromParquet(file: string, ids: IdList, name: string, column: string | undefined): Promise<void> {
  const choose = (names: string[], rows: number) => {
    ids.checkLength(rows);
    return names[idColumn(name, names, column)]!;
  };
  for await (const cells of readParquetColumn(file, choose, name)) {
    for (let row = 0; row < cells.length; row++) ids.push(cells[row]);
  }
}

async function fromTable(file: string, ids: IdList, name: string, column: string | undefined): Promise<void> {
  const table = await openTable(file, { typed: false, name, maxBytes: MAX_UNPACKED_BYTES });
  const names = table.columns.map((one) => one.name);
  // A bare list of ids has no header: what was taken for one is the first id, or meant as one. A name begins with a letter.
  if (names.length === 1 && column === undefined && !/^[\p{L}_]/u.test(names[0]!)) ids.push(names[0]);
  const place = idColumn(name, names, column);
  for await (const batch of table.batches) for (const row of batch) ids.push(row[place]);
}

/**
 * Reads the source_ids of a table file, its format told by its content: CSV (also a bare list of ids), ECSV, VOTable or
 * FITS, each also gzipped, or Parquet.
 *
 * @returns 1 to MAX_IDS ids in the order of the rows, every digit kept
 * @throws AppError BAD_INPUT that names the row, the column or the file's fault; NOT_FOUND if there is no file
 */
export async function readIds(file: string, { column, name = path.basename(file) }: IdsOptions = {}): Promise<BigInt64Array> {
  const ids = new IdList(name);
  // A file that is not there is explained by openTable.
  const read = (await isParquet(file).catch(() => false)) ? fromParquet : fromTable;
  await read(file, ids, name, column);
  return ids.finish();
}
