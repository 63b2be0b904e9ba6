import { parentPort, Worker } from "node:worker_threads";
import { AppError, type ErrorCode } from "../../errors";

type Reply<Read> = { readonly read: Read } | { readonly refusal: { readonly code: ErrorCode; readonly message: string } };

/** [MB] A million ids of a Parquet file without pages take 150; the limit is for files that are made to need more. */
const MEMORY_MB = 512;

/** Longest that reading may take [ms]: the slowest of the formats, VOTable, needs 10 s for a million rows. */
const PATIENCE_MS = 60_000;

/** A stranger's file that is read in a thread. */
export interface ThreadWork {
  /** the thread's compiled script, which calls answerFromThread */
  readonly script: string;
  /** what the script is to do */
  readonly data: object;
  /** what files of honest size hold, and what to do about one that needs more, for messages */
  readonly most: string;
  readonly advice: string;
}

/**
 * Reads a file in a thread of its own, whose memory and time are limited: a stranger's file may be damaged in any way, and
 * reading a million rows would hold up every other request meanwhile.
 *
 * @param signal ends it
 * @throws AppError as the reading does, and BAD_INPUT where the file needs too much memory or time
 */
export function readInThread<Read>({ script, data, most, advice }: ThreadWork, signal: AbortSignal): Promise<Read> {
  const tooMuch = (what: string) => new AppError("BAD_INPUT", `The file needs more ${what} to read than ${most} does. ${advice}`);
  const failure = (error: Error & { code?: unknown }) => (error.code === "ERR_WORKER_OUT_OF_MEMORY" ? tooMuch("memory") : error);
  const worker = new Worker(script, { workerData: data, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
  return new Promise<Read>((resolve, reject) => {
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
    worker.once("exit", () => end(() => reject(new Error("The thread that reads a file ended without an answer."))));
    worker.once("message", (reply: Reply<Read>) =>
      end(() => ("read" in reply ? resolve(reply.read) : reject(new AppError(reply.refusal.code, reply.refusal.message)))),
    );
  });
}

/** Within the thread: answers with what was read, or why it is refused. */
export async function answerFromThread<Read>(work: () => Promise<Read>): Promise<void> {
  let reply: Reply<Read>;
  try {
    reply = { read: await work() };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    reply = { refusal: { code: error.code, message: error.message } };
  }
  parentPort!.postMessage(reply);
}
