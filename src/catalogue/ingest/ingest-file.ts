import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import path from "node:path";
import type { Database, Queries } from "../../database/database";
import { AppError } from "../../errors";
import type { Delimiter } from "../../formats/csv-records";
import { openTable } from "../../formats/open-table";
import type { Column, TableStream } from "../../formats/table";
import { Rejected } from "./column";
import type { IngestPlan, Merged } from "./plan";
import { finishRecord, holdRecord, type IngestRecord, startRecord } from "./record";
import { Rejects } from "./rejects";
import { copyIntoStaging, createStaging, deleteRows, removeDuplicates } from "./staging";

export interface IngestOptions {
  /** `gaia`, `photometry`, ...: kept in the record. */
  readonly kind: string;
  /** Makes the plan of a file from its columns. */
  plan(columns: readonly Column[], file: string, queries: Queries): Promise<IngestPlan>;
  readonly delimiter?: Delimiter;
  /** Folder that the rejected rows are kept in. */
  readonly rejectsDir: string;
  /** More rejected rows than this fail the file; nothing of it is kept. */
  readonly maxRejected: number;
  /** Bytes read of the file's bytes. */
  readonly onProgress?: (done: number, total: number, note?: string) => void;
}

/** Counts what passes, and whether the keys come in strictly rising order: then none can come twice. */
interface Tally {
  read: number;
  rising: boolean;
}

/** Turns a table's rows into lines of COPY text; refused rows go to `rejects`. */
async function* encodeRows(
  table: TableStream,
  plan: IngestPlan,
  rejects: Rejects,
  tally: Tally,
  maxRejected: number,
): AsyncGenerator<Buffer> {
  let last: bigint | string | null = null;
  for await (const batch of table.batches) {
    const lines: string[] = [];
    for (const row of batch) {
      tally.read++;
      const encoded = plan.encode(row, tally.read);
      if (encoded instanceof Rejected) {
        await rejects.add(encoded.reason, tally.read, row);
        checkRejected(rejects, maxRejected);
        continue;
      }
      if (last !== null && encoded.key <= last) tally.rising = false;
      last = encoded.key;
      lines.push(`${tally.read}\t${encoded.line}\n`);
    }
    if (lines.length > 0) yield Buffer.from(lines.join(""));
  }
}

function checkRejected(rejects: Rejects, maxRejected: number): void {
  if (rejects.total <= maxRejected) return;
  const reasons = Object.entries(rejects.reasons).map(([reason, count]) => `${reason} (${count})`);
  throw new AppError(
    "BAD_INPUT",
    `More than ${maxRejected} rows are rejected: ${reasons.join(", ")}. Nothing was kept; --max-rejected allows more.`,
  );
}

/** Adds rows found wrong only in the staging table to the rejects: reads the file again for their cells. */
async function rejectByNumber(
  file: string,
  options: IngestOptions,
  rejects: Rejects,
  numbers: readonly bigint[],
  reason: string,
): Promise<void> {
  if (numbers.length === 0) return;
  const wanted = new Set(numbers.map(Number));
  const table = await openTable(file, { delimiter: options.delimiter, typed: false });
  let rowNumber = 0;
  for await (const batch of table.batches)
    for (const row of batch) {
      rowNumber++;
      if (!wanted.has(rowNumber)) continue;
      await rejects.add(reason, rowNumber, row);
      checkRejected(rejects, options.maxRejected);
    }
}

interface Outcome {
  readonly merged: Merged;
  readonly tally: Tally;
  readonly rejects: Rejects;
  readonly sha256: string;
}

async function takeIn(queries: Queries, file: string, id: number, options: IngestOptions): Promise<Outcome> {
  const { size } = await stat(file).catch(() => ({ size: 0 }));
  const hash = createHash("sha256");
  let bytes = 0;
  const onBytes = (chunk: Buffer) => {
    hash.update(chunk);
    bytes += chunk.length;
    options.onProgress?.(bytes, size, path.basename(file));
  };
  const table = await openTable(file, { delimiter: options.delimiter, typed: false, onBytes });
  const plan = await options.plan(table.columns, path.basename(file), queries);
  const rejects = new Rejects(path.join(options.rejectsDir, `${id}-${path.basename(file)}.csv`), table.columns);
  const tally: Tally = { read: 0, rising: true };
  try {
    await createStaging(queries, plan);
    await copyIntoStaging(queries, plan, encodeRows(table, plan, rejects, tally, options.maxRejected));
    if (!tally.rising)
      await rejectByNumber(file, options, rejects, await removeDuplicates(queries, plan), `${plan.key} came before in the file`);
    if (plan.orphans) await rejectByNumber(file, options, rejects, await deleteRows(queries, plan.orphans.sql), plan.orphans.reason);
    const merged = await plan.merge(queries);
    await rejects.close();
    return { merged, tally, rejects, sha256: hash.digest("hex") };
  } catch (error) {
    await rejects.discard();
    throw error;
  }
}

/**
 * Takes one table file into the catalogue, whole or not at all: rows go by COPY into a staging table and from there,
 * in the same transaction, into their tables and the file's record. Killed at any moment and run again, it ends the
 * same. Rows that cannot be true are rejected, counted by reason and kept in a file.
 *
 * @returns the record, also where the file failed
 */
export async function ingestFile(
  database: Database,
  file: string,
  options: IngestOptions,
): Promise<IngestRecord & { readonly cause?: unknown }> {
  const id = await startRecord(database, options.kind, file);
  const base = { id, kind: options.kind, source: file };
  try {
    return await database.transaction(async (queries) => {
      await holdRecord(queries, id);
      const { merged, tally, rejects, sha256 } = await takeIn(queries, file, id, options);
      const { total: rejected, reasons } = rejects;
      const rejectsFile = rejected > 0 ? rejects.file : null;
      const record: IngestRecord = {
        ...base,
        ...merged,
        sha256,
        status: "done",
        read: tally.read,
        rejected,
        reasons,
        rejectsFile,
        error: null,
      };
      await finishRecord(queries, record);
      return record;
    });
  } catch (cause) {
    const none = { sha256: null, read: 0, inserted: 0, updated: 0, unchanged: 0, rejected: 0, reasons: {}, rejectsFile: null };
    const record: IngestRecord = { ...base, ...none, status: "failed", error: (cause as Error).message };
    await finishRecord(database, record);
    return { ...record, cause };
  }
}
