import type { Database } from "../../database/database";
import type { CopyForm } from "../../formats/output-table";
import type { TableFormatName } from "../../formats/table-formats";
import type { Origin } from "../bulk/about";
import { chunkSize } from "../bulk/chunk-size";
import { tablePieces } from "../bulk/pieces";
import { lastSourceId } from "./copy-tail";
import type { Export, ExportRequest } from "./export-request";
import { openObjects } from "./objects";
import { type ExportPlan, planExport } from "./statement";

/** Walks along the key, a statement a chunk. */
async function* walk(database: Database, plan: ExportPlan, after: bigint | null, form: CopyForm, signal?: AbortSignal) {
  for (let last = after; ; ) {
    const copied = await database.bulkCopy(plan.chunk(last, plan.chunkStars, form), form, signal);
    last = lastSourceId(copied, form);
    if (last === null) return;
    yield { copied, last };
  }
}

/**
 * Opens an export: every row of the stars that pass the filter, by source_id, read in chunks as they are taken.
 * A star added meanwhile may or may not be in it; none comes twice.
 *
 * @param origin what whoever asks knows of the file
 * @param signal cancels the statement under way; reading then rejects with its reason
 * @throws AppError BAD_INPUT if the request cannot be meant, NOT_FOUND if it names an unknown catalogue
 */
export async function openExport(
  database: Database,
  request: ExportRequest,
  format: TableFormatName,
  origin: Origin,
  signal?: AbortSignal,
): Promise<Export> {
  const { what } = request;
  if (what === "objects") return openObjects(database, request, format, origin, signal);
  const planned = await planExport(database, { ...request, what }, origin);
  const plan = { ...planned, chunkStars: chunkSize(database, planned.chunkStars) };
  const table = { columns: plan.columns, about: plan.about, chunks: (form: CopyForm) => walk(database, plan, request.after, form, signal) };
  return {
    head: table,
    pieces: tablePieces(table, format, request.after),
    chunkStars: plan.chunkStars,
    async countStars() {
      const [row] = await database.bulkRows<[bigint]>(plan.count, signal);
      return Number(row![0]);
    },
  };
}
