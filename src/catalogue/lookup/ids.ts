import path from "node:path";
import { AppError } from "../../errors";
import { ColumnIndex } from "../../formats/column-index";
import { openTable, type TableChoice } from "../../formats/open-table";
import type { Cell, Column } from "../../formats/table";
import { readSourceId, SourceIdFault } from "../../science/source-id";
import type { Release } from "../release";
import { sourceIdColumn } from "../source-id-column";

/** Ids that one file may hold. */
export const MAX_IDS = 1_000_000;

/** [byte] of a file, unpacked: ids without company take 20 MB, and 1 GiB leaves room for a thousand bytes about each. */
export const MAX_UNPACKED_BYTES = 2 ** 30;

export interface IdsOptions extends TableChoice {
  /** of the file; without it source_id, or the only one there is */
  readonly column?: string | undefined;
  /** what the file is called in messages; its own name without it */
  readonly name?: string | undefined;
  /** that the ids have to be of; without it, whatever the file says of them does not matter */
  readonly release?: Release | undefined;
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

  /** @param cell that the id was read from, for the message */
  push(id: bigint | null | SourceIdFault, cell: Cell | undefined): void {
    if (typeof id !== "bigint") {
      const fault = id === null ? "the cell is empty" : id.of(cell);
      throw new AppError("BAD_INPUT", `${this.file}, row ${this.length + 1}: ${fault}. Every row needs a source_id.`);
    }
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
function idColumn(file: string, columns: readonly Column[], wanted: string | undefined): number {
  const place = new ColumnIndex(columns, file).find(wanted ?? "source_id");
  if (place >= 0) return place;
  if (wanted === undefined && columns.length === 1) return 0;
  const among = columns
    .slice(0, 10)
    .map(({ name }) => name)
    .join(", ")
    .slice(0, 200);
  throw new AppError(
    "BAD_INPUT",
    `${file} has no column '${wanted ?? "source_id"}' among ${among}. State which one holds the ids: the parameter column, on the command line --column.`,
  );
}

/** Columns beside the ids that tell their release. */
const COMPANIONS: readonly string[] = ["release", "gaia_release", "designation"];

/**
 * Reads the source_ids of a table file, its format told by its content: every format that openTable knows, and a bare list of
 * ids. Of Parquet only the columns that matter are read.
 *
 * @returns 1 to MAX_IDS ids in the order of the rows, every digit kept
 * @throws AppError BAD_INPUT that names the row, the column or the file's fault; NOT_FOUND if there is no file
 */
export async function readIds(file: string, options: IdsOptions = {}): Promise<BigInt64Array> {
  const { column, name = path.basename(file), release = null, table: wanted, acceptOverflow } = options;
  const ids = new IdList(name);
  const select = (columns: readonly Column[], rows: number) => {
    ids.checkLength(rows);
    const place = idColumn(name, columns, column);
    const needed = [...COMPANIONS, `${columns[place]!.name.toLowerCase()}.mask`];
    return columns.filter((one, at) => at === place || needed.includes(one.name.toLowerCase()));
  };
  const table = await openTable(file, { typed: false, name, maxBytes: MAX_UNPACKED_BYTES, table: wanted, acceptOverflow, select });
  const { columns } = table;
  const [first] = columns;
  // A bare list of ids has no header: what was taken for one is the first id, or meant as one. A name begins with a letter.
  if (table.format === "csv" && columns.length === 1 && column === undefined) {
    const id = readSourceId(first!.name, release);
    if (typeof id === "bigint" || !/^[\p{L}_]/u.test(first!.name)) ids.push(id, first!.name);
  }
  const place = idColumn(name, columns, column);
  const head = { name, columns };
  const read = sourceIdColumn(head, new ColumnIndex(columns, name), { column: columns[place]!.name, release, isGaiaTable: true });
  for await (const batch of table.batches) for (const row of batch) ids.push(read(row), row[place]);
  return ids.finish();
}
