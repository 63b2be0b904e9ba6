import type { Database } from "../../database/database";
import type { TableFormatName } from "../../formats/table-formats";
import { type Origin, UNEXPLAINED } from "../bulk/about";
import { chunkSize } from "../bulk/chunk-size";
import { openPartial } from "../bulk/partial-file";
import { writeHead } from "../bulk/write-head";
import { writePieces } from "../bulk/write-pieces";
import { type IdsOptions, readIds } from "./ids";
import { CHUNK_IDS, type LookupRequest, openLookup } from "./lookup";

export interface LookupFileOptions extends Omit<IdsOptions, "release"> {
  /** what the file says of itself */
  readonly origin?: Origin;
  /** a JSON file to write beside it: its columns and what it says of itself */
  readonly about?: string | undefined;
  readonly onProgress?: (done: number, total: number, note?: string) => void;
  /** is told what happens to an unfinished file of an earlier run */
  readonly onNote?: (note: string) => void;
}

/** What was written. */
export interface LookupSummary {
  readonly file: string;
  /** rows, as many as the ids asked for */
  readonly rows: number;
  /** [byte] */
  readonly bytes: number;
}

/**
 * Looks up the ids of a file and writes the answer to another, which appears whole or not at all.
 *
 * @throws AppError as readIds, openPartial and openLookup do
 */
export async function lookupToFile(
  database: Database,
  input: string,
  request: LookupRequest,
  format: TableFormatName,
  output: string,
  { onProgress, onNote, origin = UNEXPLAINED, about, ...options }: LookupFileOptions = {},
): Promise<LookupSummary> {
  const ids = await readIds(input, { ...options, release: request.release });
  const partial = await openPartial(output, { fingerprint: null, onNote });
  try {
    const { head, pieces } = await openLookup(database, ids, request, format, origin);
    let done = 0;
    const bytes = await writePieces(pieces, partial, (written) => {
      done = Math.min(ids.length, done + chunkSize(database, CHUNK_IDS));
      onProgress?.(done, ids.length, `${(written / 1e6).toFixed(0)} MB`);
    });
    await partial.finish();
    await writeHead(about, head);
    return { file: output, rows: ids.length, bytes };
  } catch (error) {
    await partial.abandon();
    throw error;
  }
}
