import { existsSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { PGlite, type Transaction } from "@electric-sql/pglite";
import { vector } from "@electric-sql/pglite-pgvector";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { AppError } from "../errors";
import { makeFolder } from "../make-folder";
import { timed } from "../telemetry/signal";
import { statementAnswered } from "../telemetry/signals";
import { Breath } from "./breath";
import type { Database, Parameter, Queries } from "./database";
import { embeddedFolder, RESTORE_ADVICE, requireRoom, requireWhole } from "./embedded-folder";
import { PrismaClient } from "./generated/client";
import { lockPlace } from "./process-lock";
import { watched } from "./start-watchdog";

const INT8 = 20;
/** As pg answers: every int8 a bigint, whatever its size. */
const parsers = { [INT8]: (value: string) => BigInt(value) };

function queriesOn(lite: PGlite | Transaction, breath: Breath): Queries {
  const ask = <Row>(name: string, sql: string, parameters: readonly Parameter[], rowMode: "array" | "object") =>
    timed(statementAnswered, { name }, async () => {
      await breath.take();
      return (await lite.query<Row>(sql, [...parameters], { parsers, rowMode })).rows;
    });
  return {
    query<Row extends object>(sql: string, parameters: readonly Parameter[] = []) {
      return ask<Row>("query", sql, parameters, "object");
    },
    prepared<Row extends readonly unknown[]>(name: string, sql: string, parameters: readonly Parameter[]) {
      return ask<Row>(name, sql, parameters, "array");
    },
    async script(sql) {
      await lite.exec(sql);
    },
    async copyIn(target, bytes, options = "") {
      // The engine reads the whole input from its virtual device, so it is held in memory once.
      const parts: Uint8Array<ArrayBuffer>[] = [];
      for await (const part of bytes) parts.push(new Uint8Array(part));
      await lite.query(`COPY ${target} FROM '/dev/blob' ${options}`, [], { blob: new Blob(parts) });
    },
  };
}

// -F turns fsync off: a folder of real data must survive a power cut. In memory there is nothing to sync.
const startParams = (inMemory: boolean) => [
  ...PGlite.defaultStartParams.filter((parameter) => inMemory || parameter !== "-F"),
  "-c",
  "random_page_cost=1.1",
];

const startIn = (folder: string) => PGlite.create({ dataDir: folder, extensions: { vector }, startParams: startParams(false) });

/**
 * Starts the engine on a folder; where it is not there yet, it is made beside its place and then renamed: the engine
 * takes a half-made folder, as a kill leaves it, for a whole one and waits forever.
 */
async function startOnDisk(folder: string): Promise<PGlite> {
  if (!existsSync(folder)) {
    const unfinished = `${folder}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    requireRoom(path.dirname(folder));
    await (await startIn(unfinished)).close();
    renameSync(unfinished, folder);
  }
  requireWhole(folder);
  try {
    return await startIn(folder);
  } catch (cause) {
    const message = `The embedded database ${folder} does not start (${cause instanceof Error ? cause.message : "its engine gave up"}): its files are damaged. ${RESTORE_ADVICE}`;
    throw new AppError("CONFLICT", message, { cause });
  }
}

const openElsewhere = (folder: string, processId: string) =>
  new AppError(
    "CONFLICT",
    `The embedded database ${folder} is open in process ${processId}, and takes one process at a time. Stop that process, set ASTERISM_DATA_DIR to another folder, or use PostgreSQL through DATABASE_URL.`,
  );

/**
 * Opens PostgreSQL compiled to WebAssembly, with pgvector, on a folder of its own.
 * It runs one statement at a time in this process, and one process at a time may open the folder.
 *
 * @param dataDir folder that holds the database folder; null for a database in memory
 * @throws AppError CONFLICT if another process has the folder open or it is damaged, BAD_INPUT if it cannot be made
 */
export async function openEmbedded(dataDir: string | null): Promise<Database> {
  const folder = dataDir === null ? null : embeddedFolder(dataDir);
  if (folder !== null) makeFolder(path.dirname(folder));
  const unlock = folder === null ? () => undefined : await lockPlace(folder, (processId) => openElsewhere(folder, processId));
  const lite = await (folder === null
    ? PGlite.create({ extensions: { vector }, startParams: startParams(true) })
    : watched(folder, () => startOnDisk(folder)).catch((error: unknown) => {
        unlock();
        throw error;
      }));
  const breath = new Breath();
  const prisma = new PrismaClient({ adapter: new PrismaPGlite(lite) });
  return {
    engine: "embedded",
    prisma,
    poolUse: () => null,
    ...queriesOn(lite, breath),
    async bulkRows<Row extends readonly unknown[]>(sql: string, signal?: AbortSignal) {
      signal?.throwIfAborted();
      await breath.take();
      return (await lite.query(sql, [], { parsers, rowMode: "array" })).rows as unknown as Row[];
    },
    async bulkCopy(sql, format, signal) {
      signal?.throwIfAborted();
      await breath.take();
      const { blob } = await lite.query(`COPY (${sql}) TO '/dev/blob' (FORMAT ${format})`);
      return blob ? Buffer.from(await blob.arrayBuffer()) : Buffer.alloc(0);
    },
    async interruptible(signal, work) {
      signal.throwIfAborted();
      return work(queriesOn(lite, breath));
    },
    transaction: (work) => lite.transaction((transaction) => work(queriesOn(transaction, breath))),
    async close() {
      await prisma.$disconnect();
      await lite.close();
      unlock();
    },
  };
}
