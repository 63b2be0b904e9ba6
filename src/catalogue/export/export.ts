import type { Database } from "../../database/database";
import type { OutputCell } from "../../formats/output-table";
import type { TableFormatName } from "../../formats/table-formats";
import { type ChunkedTable, type Piece, tablePieces } from "../bulk/pieces";
import { lastSourceId } from "./csv-tail";
import { type ExportPlan, type ExportRequest, planExport } from "./statement";

/**
 * Stars whose rows are read by one statement. A chunk of all columns of a star is about 4.5 MB of CSV, and the start of
 * a statement is lost in the time that it takes.
 */
export const CHUNK_STARS = 10_000;

/** Walks along the key, a statement a chunk. */
async function* walk<T>(after: bigint | null, read: (after: bigint | null) => Promise<{ chunk: T; last: bigint } | null>) {
  for (let next = await read(after); next; next = await read(next.last)) yield next;
}

type Row = readonly [sourceId: bigint, ...cells: OutputCell[]];

function chunked(database: Database, plan: ExportPlan, after: bigint | null, signal?: AbortSignal): ChunkedTable {
  return {
    columns: plan.columns,
    csv: () =>
      walk(after, async (from) => {
        const chunk = await database.bulkCsv(plan.chunk(from, CHUNK_STARS, true), signal);
        return chunk.length === 0 ? null : { chunk, last: lastSourceId(chunk) };
      }),
    rows: () =>
      walk(after, async (from) => {
        const chunk = await database.bulkRows<Row>(plan.chunk(from, CHUNK_STARS, false), signal);
        return chunk.length === 0 ? null : { chunk, last: chunk.at(-1)![0] };
      }),
  };
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
    pieces: tablePieces(chunked(database, plan, request.after, signal), format, request.after),
    async countStars() {
      const [row] = await database.bulkRows<[bigint]>(plan.count, signal);
      return Number(row![0]);
    },
  };
}
