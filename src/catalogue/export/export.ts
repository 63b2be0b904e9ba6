import type { Database } from "../../database/database";
import { csvHeader } from "../../formats/csv-writer";
import type { OutputCell } from "../../formats/output-table";
import { TABLE_FORMATS, type TableFormatName } from "../../formats/table-formats";
import { ahead } from "./ahead";
import { lastSourceId } from "./csv-tail";
import { type ExportPlan, type ExportRequest, planExport } from "./statement";

/** The next bytes of an exported file. */
export interface Piece {
  readonly bytes: Uint8Array;
  /** the last star that it holds: all its rows, and those of every star before it, have been given */
  readonly last: bigint | null;
}

/**
 * Stars whose rows are read by one statement. A chunk of all columns of a star is about 4.5 MB of CSV, and the start of
 * a statement is lost in the time that it takes.
 */
export const CHUNK_STARS = 10_000;

/** Walks along the key, a statement a chunk, so that neither a snapshot nor a connection is held while a client is slow. */
async function* walk<T>(after: bigint | null, read: (after: bigint | null) => Promise<{ chunk: T; last: bigint } | null>) {
  for (let next = await read(after); next; next = await read(next.last)) yield next;
}

/** PostgreSQL writes the lines itself. */
async function* csvPieces(database: Database, plan: ExportPlan, after: bigint | null, signal?: AbortSignal): AsyncGenerator<Piece, void> {
  const chunks = walk(after, async (from) => {
    const chunk = await database.bulkCsv(plan.chunk(from, CHUNK_STARS, true), signal);
    return chunk.length === 0 ? null : { chunk, last: lastSourceId(chunk) };
  });
  for await (const { chunk, last } of ahead(chunks)) yield { bytes: chunk, last };
}

type Row = readonly [sourceId: bigint, ...cells: OutputCell[]];

async function* rowChunks(database: Database, plan: ExportPlan, after: bigint | null, signal?: AbortSignal) {
  yield* ahead(
    walk(after, async (from) => {
      const rows = await database.bulkRows<Row>(plan.chunk(from, CHUNK_STARS, false), signal);
      return rows.length === 0 ? null : { chunk: rows, last: rows.at(-1)![0] };
    }),
  );
}

async function* pieces(
  database: Database,
  plan: ExportPlan,
  format: TableFormatName,
  after: bigint | null,
  signal?: AbortSignal,
): AsyncGenerator<Piece, void> {
  let last = after;
  if (format === "csv") {
    yield { bytes: csvHeader(plan.columns), last };
    yield* csvPieces(database, plan, after, signal);
    return;
  }
  const batches = async function* () {
    for await (const chunk of rowChunks(database, plan, after, signal)) {
      last = chunk.last;
      yield chunk.chunk;
    }
  };
  for await (const bytes of TABLE_FORMATS[format].write(plan.columns, batches())) yield { bytes, last };
}

/** An export that can be told the length of before it is read. */
export interface Export {
  /** the file's bytes in order; read once */
  readonly pieces: AsyncGenerator<Piece, void>;
  /** @returns how many stars it has rows of: a walk of its own along them */
  countStars(): Promise<number>;
}

/**
 * Opens an export: every row of the stars that pass the filter, by source_id, read in chunks as they are taken.
 * A star added meanwhile may or may not be in it; none comes twice.
 *
 * @param signal cancels the statement under way; reading then rejects with its reason
 * @throws AppError BAD_INPUT where the request cannot be meant, NOT_FOUND where it names an unknown catalogue
 */
export async function openExport(
  database: Database,
  request: ExportRequest,
  format: TableFormatName,
  signal?: AbortSignal,
): Promise<Export> {
  const plan = await planExport(database, request);
  return {
    pieces: pieces(database, plan, format, request.after, signal),
    async countStars() {
      const [row] = await database.bulkRows<[bigint]>(plan.count, signal);
      return Number(row![0]);
    },
  };
}
