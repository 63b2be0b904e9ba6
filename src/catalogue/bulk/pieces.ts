import { csvHeader } from "../../formats/csv-writer";
import type { OutputColumn, OutputRow } from "../../formats/output-table";
import { TABLE_FORMATS, type TableFormatName } from "../../formats/table-formats";
import { ahead } from "./ahead";

/** The next bytes of a table file. */
export interface Piece {
  readonly bytes: Uint8Array;
  /** the last star that it holds: all its rows, and those of every star before it, have been given; null where none has */
  readonly last: bigint | null;
}

/** What one statement answered: some rows of the table, those of whole stars. */
export interface Chunk<T> {
  readonly chunk: T;
  readonly last: bigint | null;
}

/** A table that is read in chunks, a statement each, so that neither a snapshot nor a connection is held while a client is slow. */
export interface ChunkedTable {
  readonly columns: readonly OutputColumn[];
  /** lines of CSV, which PostgreSQL writes itself */
  csv(): AsyncGenerator<Chunk<Buffer>, void>;
  rows(): AsyncGenerator<Chunk<readonly OutputRow[]>, void>;
}

/**
 * The bytes of a table file in order: one piece before the rows, one a chunk, one after them. The next chunk is read
 * while the last one is written.
 *
 * @param before the star that the table begins behind
 */
export async function* tablePieces(table: ChunkedTable, format: TableFormatName, before: bigint | null): AsyncGenerator<Piece, void> {
  let last = before;
  if (format === "csv") {
    yield { bytes: csvHeader(table.columns), last };
    for await (const next of ahead(table.csv())) yield { bytes: next.chunk, last: next.last };
    return;
  }
  const batches = async function* () {
    for await (const next of ahead(table.rows())) {
      last = next.last;
      yield next.chunk;
    }
  };
  for await (const bytes of TABLE_FORMATS[format].write(table.columns, batches())) yield { bytes, last };
}
