import type { Database } from "../../database/database";
import { TABLE_FORMATS, type TableFormatName } from "../../formats/table-formats";
import { type Origin, UNEXPLAINED } from "../bulk/about";
import { openPartial } from "../bulk/partial-file";
import { writeHead } from "../bulk/write-head";
import { writePieces } from "../bulk/write-pieces";
import type { IngestEntry } from "../ingest/ingest-record";
import { openExport } from "./export";
import type { ExportRequest } from "./export-request";
import { exportSources } from "./export-sources";

export interface ExportFileOptions {
  /** continue what the last run left, if the format can be resumed */
  readonly resume?: boolean | undefined;
  /** what the file says of itself */
  readonly origin?: Origin;
  /** a JSON file to write beside it: its columns and what it says of itself */
  readonly about?: string | undefined;
  readonly onProgress?: (stars: number, total: number, note?: string) => void;
  /** is told what happens to an unfinished file of an earlier run */
  readonly onNote?: (note: string) => void;
}

/** What was written. */
export interface ExportSummary {
  readonly file: string;
  /** of the export, or objects; those behind the resumption's star where it was resumed */
  readonly stars: number;
  /** [byte] written now */
  readonly bytes: number;
  readonly resumedAfter: bigint | null;
  /** the files whose rows it was made of */
  readonly sources: readonly IngestEntry[];
}

const fingerprint = (request: ExportRequest, format: TableFormatName) =>
  JSON.stringify({ ...request, format }, (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value));

/**
 * Exports to a file, which appears whole or not at all. Where it fails or is killed, CSV and NDJSON leave FILE.partial,
 * which `resume` goes on with; a file of another format is of one piece, and begun anew.
 *
 * @throws AppError BAD_INPUT, CONFLICT as openPartial does, and as openExport does
 */
export async function exportToFile(
  database: Database,
  request: ExportRequest,
  format: TableFormatName,
  file: string,
  { resume, origin = UNEXPLAINED, about, onProgress, onNote }: ExportFileOptions = {},
): Promise<ExportSummary> {
  // What was written of objects ends with no star to go on behind.
  const resumable = TABLE_FORMATS[format].appendable && request.what !== "objects";
  const partial = await openPartial(file, { fingerprint: resumable ? fingerprint(request, format) : null, resume, onNote });
  const { resumedAfter } = partial;
  try {
    const { head, pieces, chunkStars, countStars } = await openExport(
      database,
      { ...request, after: resumedAfter ?? request.after },
      format,
      origin,
    );
    const stars = await countStars();
    let done = 0;
    const bytes = await writePieces(pieces, partial, (written) => {
      done = Math.min(stars, done + chunkStars);
      onProgress?.(done, stars, `${(written / 1e6).toFixed(0)} MB`);
    });
    await partial.finish();
    await writeHead(about, head);
    return { file, stars, bytes, resumedAfter, sources: await exportSources(database, request) };
  } catch (error) {
    await partial.abandon();
    throw error;
  }
}
