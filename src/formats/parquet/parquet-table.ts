import { AppError } from "../../errors";
import { readAll } from "../archive/member";
import type { Column, TableStream } from "../table";
import type { TableSource } from "../table-source";
import { ParquetFile } from "./parquet-file";

/** [byte] A Parquet file that is compressed once more, or in an archive, is held in memory. */
const MAX_BYTES = 2 ** 30;

/** @param rows of the table @returns those of the columns that are wanted */
export type SelectColumns = (columns: readonly Column[], rows: number) => readonly Column[];

/** Opens a Parquet file on the disk, or holds one that is inside something else in memory. */
export async function openParquetFile({ file, name, scan }: TableSource): Promise<ParquetFile> {
  return ParquetFile.open(file ?? (await readAll((await scan()).chunks, name, MAX_BYTES)), name);
}

/**
 * Opens a Parquet file: numbers, texts, truth values and lists of numbers, compressed by any codec; 64-bit integers are exact.
 * Units are those of an embedded VOTable, or of astropy's header.
 *
 * @throws AppError BAD_INPUT if the file is damaged or truncated, or two of its columns have one name
 */
export async function openParquet(source: TableSource, select: SelectColumns = (all) => all): Promise<TableStream> {
  const parquet = await openParquetFile(source);
  const chosen = new Set(select(parquet.columns, parquet.rows));
  const columns = parquet.columns.filter((column) => chosen.has(column));
  if (columns.length === 0) throw new AppError("BAD_INPUT", `${source.name} has no column of numbers, texts or truth values.`);
  if (new Set(columns.map(({ name }) => name)).size < columns.length)
    throw new AppError("BAD_INPUT", `${source.name} has two columns of one name. Rename one of them.`);
  const batches = async function* () {
    await source.tell();
    yield* parquet.read(columns);
  };
  return { format: "parquet", columns, batches: batches() };
}
