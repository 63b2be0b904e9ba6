import path from "node:path";
import type { Database, Queries } from "../../database/database";
import { AppError } from "../../errors";
import { dropLooseMatches, takeAway } from "../life/replace-contents";
import { failedRecord, type IngestOptions, type IngestOutcome, loadFile } from "./ingest-file";
import { finishRecord, holdRecord, type IngestRecord, startRecord } from "./record";

/** One file to take in, and as what. */
export interface DeliveredFile {
  readonly file: string;
  readonly options: IngestOptions;
}

interface OpenFile extends DeliveredFile {
  /** of its record */
  readonly id: number;
}

/** A file whose rows were all refused is most likely the wrong one, or the mapping is. */
function requireRows(records: readonly IngestRecord[]): void {
  const useful = new Set(records.filter(({ read, rejected }) => rejected < read).map(({ source }) => source));
  const useless = records.find(({ source }) => !useful.has(source));
  if (useless) {
    const reasons = Object.keys(useless.reasons).join(", ");
    throw new AppError(
      "BAD_INPUT",
      `Every row of ${useless.source} was rejected (${reasons}), so nothing was replaced. Check the file and the mapping.`,
    );
  }
}

/** @param under is told which file is under way */
async function loadAll(
  queries: Queries,
  catalogue: string,
  files: readonly OpenFile[],
  under: (file: string) => void,
): Promise<IngestRecord[]> {
  const rows = new Map(await takeAway(queries, catalogue, [...new Set(files.map(({ options }) => options.kind))]));
  const records: IngestRecord[] = [];
  for (const { file, options, id } of files) {
    under(file);
    const loaded = await loadFile(queries, file, id, false, options);
    // Told once, by the first file of the kind.
    records.push({ ...loaded, replaced: rows.get(options.kind) ?? 0 });
    rows.delete(options.kind);
  }
  requireRows(records);
  await dropLooseMatches(queries, catalogue);
  for (const record of records) await finishRecord(queries, record);
  return records;
}

async function failAll(database: Database, files: readonly OpenFile[], failed: string | null, cause: unknown): Promise<IngestOutcome[]> {
  const { message } = cause as Error;
  const outcomes: IngestOutcome[] = [];
  for (const { file, options, id } of files) {
    const record = failedRecord(
      id,
      options.kind,
      file,
      failed === null || failed === file ? message : `${path.basename(failed)} failed: ${message}`,
    );
    await finishRecord(database, record);
    outcomes.push({ ...record, cause });
  }
  return outcomes;
}

/**
 * Takes in a new delivery of a catalogue in place of the one that is there, in one transaction: killed at any moment or
 * refused for any of its files, the old one is whole. What is replaced is what the files' kinds write; stars, which belong
 * to no catalogue, stay.
 *
 * @returns the records, also where the delivery failed
 */
export async function replaceDelivery(database: Database, catalogue: string, delivery: readonly DeliveredFile[]): Promise<IngestOutcome[]> {
  const files: OpenFile[] = [];
  let underWay: string | null = null;
  for (const { file, options } of delivery) files.push({ file, options, id: await startRecord(database, options.kind, file) });
  try {
    return await database.transaction(async (queries) => {
      for (const { id } of files) await holdRecord(queries, id);
      return loadAll(queries, catalogue, files, (file) => {
        underWay = file;
      });
    });
  } catch (cause) {
    return failAll(database, files, underWay, cause);
  }
}
