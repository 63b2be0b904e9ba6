import type { CopyForm, TableHead } from "../../formats/output-table";
import { TABLE_FORMATS, type TableFormatName } from "../../formats/table-formats";
import { ahead } from "./ahead";

/** The next bytes of a table file. */
export interface Piece {
  readonly bytes: Uint8Array;
  /** the last star that it holds: all its rows, and those of every star before it, have been given; null if none has */
  readonly last: bigint | null;
}

/** What one statement's COPY wrote: some rows of the table, those of whole stars. */
export interface Chunk {
  readonly copied: Buffer;
  readonly last: bigint | null;
}

/** A table that is read in chunks, a statement each, so that neither a snapshot nor a connection is held while a client is slow. */
export interface ChunkedTable extends TableHead {
  chunks(form: CopyForm): AsyncGenerator<Chunk, void>;
}

/**
 * The bytes of a table file in order, a piece before the rows, one a chunk and perhaps one after them. The next chunk is
 * read while the last one is written.
 *
 * @param before the star that the table begins behind
 */
export async function* tablePieces(table: ChunkedTable, format: TableFormatName, before: bigint | null): AsyncGenerator<Piece, void> {
  const { reads, write } = TABLE_FORMATS[format];
  let last = before;
  const copied = async function* () {
    for await (const chunk of ahead(table.chunks(reads))) {
      last = chunk.last;
      yield chunk.copied;
    }
  };
  for await (const bytes of write(table.columns, copied(), table.about)) yield { bytes, last };
}
