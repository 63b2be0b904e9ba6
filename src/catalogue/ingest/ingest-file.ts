import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import path from "node:path";
import type { Database, Queries } from "../../database/database";
import type { Delimiter } from "../../formats/csv-records";
import { openTable } from "../../formats/open-table";
import type { Cell, TableStream } from "../../formats/table";
import { encodeRows, type Pass } from "./encoded-rows";
import { loadDirectly, loadStaging, NeedsStaging } from "./load";
import type { FileHead, IngestPlan, Merged } from "./plan";
import { finishRecord, holdRecord, type IngestRecord, startRecord } from "./record";
import { Rejects } from "./rejects";
import { createStaging, deleteRows, removeDuplicates } from "./staging";

export interface IngestOptions {
  /** `gaia`, `photometry`, ...: kept in the record. */
  readonly kind: string;
  /** Makes the plan of a file. */
  plan(file: FileHead, queries: Queries): Promise<IngestPlan>;
  readonly delimiter?: Delimiter;
  /** Folder that the rejected rows are kept in. */
  readonly rejectsDir: string;
  /** More rejected rows than this fail the file; nothing of it is kept. */
  readonly maxRejected: number;
  /** Bytes of the file that were read. */
  readonly onProgress?: (done: number, total: number, note?: string) => void;
}

/** A record, with what was thrown where the file failed. */
export type IngestOutcome = IngestRecord & { readonly cause?: unknown };

/** Opens the file with its checksum and progress taken as it is read. */
async function openWatched(file: string, options: IngestOptions): Promise<{ table: TableStream; sha256: () => string }> {
  const hash = createHash("sha256");
  const total = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  let done = 0;
  const onBytes = (chunk: Buffer) => {
    hash.update(chunk);
    done += chunk.length;
    options.onProgress?.(done, total);
  };
  const table = await openTable(file, { delimiter: options.delimiter, typed: false, onBytes });
  return { table, sha256: () => hash.digest("hex") };
}

type Batches = TableStream["batches"];

/** Looks at the first row, null where there is none. @returns it and all the batches, it among them */
async function peek(batches: Batches): Promise<[readonly Cell[] | null, Batches]> {
  const source = batches[Symbol.asyncIterator]();
  let next = await source.next();
  while (!next.done && next.value.length === 0) next = await source.next();
  const first = next.done ? [] : next.value;
  const all = (async function* () {
    yield first;
    yield* { [Symbol.asyncIterator]: () => source };
  })();
  return [first[0] ?? null, all];
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

async function loadFile(queries: Queries, file: string, id: number, directly: boolean, options: IngestOptions): Promise<IngestRecord> {
  const { table, sha256 } = await openWatched(file, options);
  const [first, batches] = await peek(table.batches);
  const plan = await options.plan({ name: path.basename(file), columns: table.columns, firstRow: first }, queries);
  const rejects = new Rejects(path.join(options.rejectsDir, `${id}-${path.basename(file)}.csv`), table.columns, options.maxRejected);
  const goesDirectly = directly && plan.direct !== undefined;
  const scope = Object.values(plan.direct?.scope ?? {}).join("\t");
  const pass: Pass = { batches, plan, rejects, read: 0, linePrefix: goesDirectly ? () => scope : String };
  try {
    let merged: Merged;
    if (goesDirectly) {
      await loadDirectly(queries, plan, encodeRows(pass));
      merged = { inserted: pass.read - rejects.total, updated: 0, unchanged: 0 };
    } else merged = await loadThroughStaging(queries, file, pass, options);
    const { total: rejected, reasons } = rejects;
    const rejectsFile = await rejects.close();
    const { kind } = options;
    return {
      id,
      kind,
      source: file,
      status: "done",
      sha256: sha256(),
      read: pass.read,
      ...merged,
      rejected,
      reasons,
      rejectsFile,
      error: null,
    };
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
    const none = { sha256: null, read: 0, inserted: 0, updated: 0, unchanged: 0, rejected: 0, reasons: {}, rejectsFile: null };
    const record: IngestRecord = { id, kind: options.kind, source: file, ...none, status: "failed", error: (cause as Error).message };
    await finishRecord(database, record);
    return { ...record, cause };
  }
}
