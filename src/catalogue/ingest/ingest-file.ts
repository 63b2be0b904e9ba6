import path from "node:path";
import type { Database, Queries } from "../../database/database";
import type { Delimiter } from "../../formats/csv/csv-records";
import { openTable, type TableChoice } from "../../formats/open-table";
import { encodeRows, type Pass } from "./encoded-rows";
import { loadDirectly, loadStaging, NeedsStaging } from "./load";
import type { FileHead, GatheringPlan, IngestPlan, Merged } from "./plan";
import { finishRecord, holdRecord, type IngestRecord, startRecord } from "./record";
import { Rejects } from "./rejects";
import { createStaging, deleteRows, removeDuplicates } from "./staging";
import { openWatched } from "./watched-table";

export interface IngestOptions {
  /** `gaia`, `photometry`, ...: kept in the record. */
  readonly kind: string;
  /** Makes the plan of a file. */
  plan(file: FileHead, queries: Queries): Promise<IngestPlan | GatheringPlan>;
  readonly delimiter?: Delimiter;
  /** Which table of a file is meant. */
  readonly choice?: TableChoice;
  /** Folder that the rejected rows are kept in. */
  readonly rejectsDir: string;
  /** More rejected rows than this fail the file; nothing of it is kept. */
  readonly maxRejected: number;
  /** Bytes of the file that were read. */
  readonly onProgress?: (done: number, total: number, note?: string) => void;
}

/** A record, with what was thrown where the file failed. */
export type IngestOutcome = IngestRecord & { readonly cause?: unknown };

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
  const table = await openTable(file, { ...options.choice, delimiter: options.delimiter, typed: false });
  let rowNumber = 0;
  for await (const batch of table.batches) for (const row of batch) if (wanted.has(++rowNumber)) await rejects.add(reason, rowNumber, row);
}

async function loadThroughStaging(queries: Queries, file: string, pass: Pass, options: IngestOptions): Promise<Merged> {
  const { plan, rejects } = pass;
  await createStaging(queries, plan);
  const { rising } = await loadStaging(queries, plan, encodeRows(pass));
  if (!rising) await rejectByNumber(file, options, rejects, await removeDuplicates(queries, plan), `${plan.key} came before in the file`);
  if (plan.orphans) await rejectByNumber(file, options, rejects, await deleteRows(queries, plan.orphans.sql), plan.orphans.reason);
  return plan.merge(queries);
}

async function loadDirectlyCounted(queries: Queries, pass: Pass): Promise<Merged> {
  await loadDirectly(queries, pass.plan, encodeRows(pass));
  return { inserted: pass.read - pass.rejects.total, updated: 0, unchanged: 0 };
}

/** Takes in a file each of whose rows becomes one. */
async function loadRows(
  queries: Queries,
  file: string,
  directly: boolean,
  { batches, plan, rejects }: Pick<Pass, "batches" | "plan" | "rejects">,
  options: IngestOptions,
): Promise<Merged & { readonly read: number }> {
  const direct = directly ? plan.direct : undefined;
  const scope = Object.values(direct?.scope ?? {}).join("\t");
  const pass: Pass = { batches, plan, rejects, read: 0, linePrefix: direct ? () => scope : String };
  const merged = await (direct ? loadDirectlyCounted(queries, pass) : loadThroughStaging(queries, file, pass, options));
  return { ...merged, read: pass.read };
}

/** Takes in one file under an open record. @param directly whether rows may go straight into their table */
export async function loadFile(
  queries: Queries,
  file: string,
  id: number,
  directly: boolean,
  options: IngestOptions,
): Promise<IngestRecord> {
  const { kind, delimiter, choice, onProgress, maxRejected, rejectsDir } = options;
  const { columns, firstRow, batches, sha256 } = await openWatched(file, { ...choice, delimiter }, onProgress);
  const name = path.basename(file);
  const plan = await options.plan({ name, columns, firstRow }, queries);
  const rejects = new Rejects(path.join(rejectsDir, `${id}-${name}.csv`), columns, maxRejected);
  try {
    const loaded = await ("gather" in plan
      ? plan.gather(queries, batches, rejects)
      : loadRows(queries, file, directly, { batches, plan, rejects }, options));
    const rejected = { rejected: rejects.total, reasons: rejects.reasons, rejectsFile: await rejects.close() };
    const whose = { catalogue: plan.catalogue ?? null, unmatched: loaded.unmatched ?? 0, replaced: 0 };
    return { id, kind, source: file, status: "done", sha256: sha256(), ...loaded, ...rejected, ...whose, error: null };
  } catch (error) {
    await rejects.discard();
    throw error;
  }
}

async function loadInTransaction(
  database: Database,
  file: string,
  id: number,
  directly: boolean,
  options: IngestOptions,
): Promise<IngestRecord> {
  return database.transaction(async (queries) => {
    await holdRecord(queries, id);
    const record = await loadFile(queries, file, id, directly, options);
    await finishRecord(queries, record);
    return record;
  });
}

/** The record of a run of which nothing was kept. */
export function failedRecord(id: number, kind: string, file: string, error: string): IngestRecord {
  const none = { sha256: null, read: 0, inserted: 0, updated: 0, unchanged: 0, rejected: 0, reasons: {}, rejectsFile: null };
  return { id, kind, source: file, ...none, catalogue: null, unmatched: 0, replaced: 0, status: "failed", error };
}

/**
 * Takes one table file into the catalogue, whole or not at all: in one transaction its rows go by COPY into their
 * table, or into a staging table and from there, merged, into their tables, and the file's record is closed. Killed
 * at any moment and run again, it ends the same. Rows that cannot be true are rejected, counted by reason and kept in
 * a file.
 *
 * @returns the record, also where the file failed
 */
export async function ingestFile(database: Database, file: string, options: IngestOptions): Promise<IngestOutcome> {
  const id = await startRecord(database, options.kind, file);
  try {
    return await loadInTransaction(database, file, id, true, options).catch((error: unknown) => {
      if (error instanceof NeedsStaging) return loadInTransaction(database, file, id, false, options);
      throw error;
    });
  } catch (cause) {
    const record = failedRecord(id, options.kind, file, (cause as Error).message);
    await finishRecord(database, record);
    return { ...record, cause };
  }
}
