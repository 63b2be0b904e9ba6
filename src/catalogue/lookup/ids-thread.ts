import path from "node:path";
import { Worker } from "node:worker_threads";
import { AppError, type ErrorCode } from "../../errors";
import type { IdsOptions } from "./ids";

export interface IdsRequest {
  readonly file: string;
  readonly options: IdsOptions;
}

export type IdsReply = { readonly ids: BigInt64Array } | { readonly refusal: { readonly code: ErrorCode; readonly message: string } };

/** [MB] A million ids of a Parquet file without pages take 150; the limit is for files that are made to need more. */
const MEMORY_MB = 512;

/** Longest that reading may take [ms]: the slowest of the formats, VOTable, needs 10 s for a million rows. */
const PATIENCE_MS = 60_000;

const tooMuch = (what: string) =>
  new AppError(
    "BAD_INPUT",
    `The file needs more ${what} to read than a table of a million ids does. Send the column of ids alone, as CSV.`,
  );

function failure(error: Error & { code?: unknown }): Error {
  return error.code === "ERR_WORKER_OUT_OF_MEMORY" ? tooMuch("memory") : error;
}

/**
 * `readIds` in a thread of its own, whose memory and time are limited: a stranger's file may be damaged in any way, and
 * reading a million rows would hold up every other request meanwhile.
 *
 * @param signal ends it
 * @throws AppError as readIds does, and BAD_INPUT where the file needs too much memory or time
 */
export function readIdsInThread(file: string, options: IdsOptions, signal: AbortSignal): Promise<BigInt64Array> {
  const workerData: IdsRequest = { file, options };
  const worker = new Worker(path.join(__dirname, "ids-worker.js"), { workerData, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
  return new Promise<BigInt64Array>((resolve, reject) => {
    const impatience = setTimeout(() => end(() => reject(tooMuch("time"))), PATIENCE_MS);
    const gone = () => end(() => reject(signal.reason as Error));
    const end = (settle: () => void) => {
      clearTimeout(impatience);
      signal.removeEventListener("abort", gone);
      settle();
      void worker.terminate();
    };
    signal.addEventListener("abort", gone, { once: true });
    worker.once("error", (error) => end(() => reject(failure(error))));
    worker.once("exit", () => end(() => reject(new Error("The thread that reads ids ended without an answer."))));
    worker.once("message", (reply: IdsReply) =>
      end(() => ("ids" in reply ? resolve(reply.ids) : reject(new AppError(reply.refusal.code, reply.refusal.message)))),
    );
  });
}
