import type { Database } from "../../database/database";
import { AppError } from "../../errors";
import { TABLE_FORMATS, type TableFormatName } from "../../formats/table-formats";
import { openPartial } from "../bulk/partial-file";
import { writePieces } from "../bulk/write-pieces";
import { openExport } from "./export";
import type { ExportRequest } from "./statement";

export interface ExportFileOptions {
  /** go on with what the last run left */
  readonly resume?: boolean;
  readonly onProgress?: (stars: number, total: number, note?: string) => void;
}

/** What was written. */
export interface ExportSummary {
  readonly file: string;
  /** of the export; those behind the resumption's star where it was resumed */
  readonly stars: number;
  /** [byte] written now */
  readonly bytes: number;
  readonly resumedAfter: bigint | null;
}

const fingerprint = (request: ExportRequest, format: TableFormatName) =>
  JSON.stringify({ ...request, format }, (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value));

/**
 * Exports to a file, which appears whole or not at all. Where it fails or is killed, CSV and NDJSON leave FILE.partial,
 * which `resume` goes on with; the other formats cannot be gone on with.
 *
 * @throws AppError BAD_INPUT, CONFLICT as openPartial does, and as openExport does
 */
export async function exportToFile(
  database: Database,
  request: ExportRequest,
  format: TableFormatName,
  file: string,
  { resume = false, onProgress }: ExportFileOptions = {},
): Promise<ExportSummary> {
  const { appendable } = TABLE_FORMATS[format];
  if (resume && !appendable) throw new AppError("BAD_INPUT", `Only csv and ndjson can be resumed: a ${format} file is of one piece.`);
  const partial = await openPartial(file, fingerprint(request, format), resume);
  const { resumedAfter } = partial;
  try {
    const { pieces, chunkStars, countStars } = await openExport(database, { ...request, after: resumedAfter ?? request.after }, format);
    const stars = await countStars();
    let done = 0;
    const bytes = await writePieces(pieces, partial, (written) => {
      done = Math.min(stars, done + chunkStars);
      onProgress?.(done, stars, `${(written / 1e6).toFixed(0)} MB`);
    });
    await partial.finish();
    return { file, stars, bytes, resumedAfter };
  } catch (error) {
    await partial.abandon(appendable);
    throw error;
  }
}
