import { open, rename, rm, stat } from "node:fs/promises";
import { lockPlace } from "../../database/process-lock";
import { AppError } from "../../errors";
import { type Journal, readJournal, takeUp, writeJournal } from "./partial-journal";
import { requireReplaceable } from "./replaceable";

/** An unfinished file, written next to its final path. */
export interface PartialFile {
  /** the last star in the resumed file; null for a new file, or one with a head only */
  readonly resumedAfter: bigint | null;
  /** whether the resumed file has its head, with or without stars */
  readonly hasHead: boolean;
  /** Appends bytes that end with the last row of a star. */
  append(bytes: Uint8Array, last: bigint | null): Promise<void>;
  /** Renames the complete file to its final path. */
  finish(): Promise<void>;
  /** Closes the unfinished file. It is kept if it can be resumed, and deleted otherwise. */
  abandon(): Promise<void>;
}

/** How a file is written. */
export interface Making {
  /** identifies the content, so that only the same export is resumed; null if the format cannot be resumed */
  readonly fingerprint: string | null;
  /** continue what the last run left, if the format can be resumed */
  readonly resume?: boolean | undefined;
  /** is told what happens to an unfinished file of an earlier run */
  readonly onNote?: ((note: string) => void) | undefined;
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** @returns a message about what an earlier run left; null if it left nothing */
async function noteOf(partial: string, journal: Journal | null, { fingerprint, resume }: Making): Promise<string | null> {
  const left = await stat(partial).catch(() => null); // nothing was left
  if (!left) return null;
  if (journal) return `Continuing ${partial}, which has ${megabytes(journal.bytes)} already.`;
  const what = `Overwriting ${partial}, ${megabytes(left.size)} of an earlier run`;
  if (fingerprint === null) return `${what}: this kind of file cannot be resumed.`;
  return resume ? `${what}: its journal is missing or damaged.` : `${what}. --resume would have continued it.`;
}

const beingWritten = (file: string, processId: string) =>
  new AppError("CONFLICT", `${file} is being written by process ${processId}. Wait for it to end, stop it, or name another file.`);

/** Turns errors of the file system into errors that the user can fix. */
function explain(file: string, cause: NodeJS.ErrnoException): Error {
  if (cause instanceof AppError || !cause.code) return cause;
  const advice = "Name a file in a folder that exists and may be written to.";
  return new AppError("BAD_INPUT", `${file} cannot be written (${cause.code}). ${advice}`, { cause });
}

async function openLocked(file: string, making: Making, unlock: () => void): Promise<PartialFile> {
  const { fingerprint, resume, onNote } = making;
  const partial = `${file}.partial`;
  const journal = resume && fingerprint !== null ? await readJournal(partial) : null;
  if (journal) await takeUp(partial, journal, fingerprint!);
  const note = await noteOf(partial, journal, making);
  if (note) onNote?.(note);
  // The old journal does not describe the new file.
  if (!journal) await rm(`${partial}.json`, { force: true });
  const handle = await open(partial, journal ? "a" : "w");
  let written = journal?.bytes ?? 0;
  return {
    resumedAfter: journal?.last == null ? null : BigInt(journal.last),
    hasHead: written > 0,
    async append(bytes, last) {
      await handle.writeFile(bytes);
      written += bytes.length;
      if (fingerprint !== null) await writeJournal(partial, { fingerprint, bytes: written, last: last?.toString() ?? null });
    },
    async finish() {
      await handle.sync();
      await handle.close();
      await rename(partial, file);
      await rm(`${partial}.json`, { force: true });
      unlock();
    },
    async abandon() {
      await handle.close();
      if (fingerprint === null || written === 0) {
        await rm(partial, { force: true });
        await rm(`${partial}.json`, { force: true });
      }
      unlock();
    },
  };
}

/**
 * Opens FILE.partial for this process alone, either new or with `resume` where the last run stopped.
 *
 * @throws AppError BAD_INPUT if the folder cannot be written to or the path is not a file's, CONFLICT if another process writes the
 * file, or it cannot be resumed
 */
export async function openPartial(file: string, making: Making): Promise<PartialFile> {
  await requireReplaceable(file);
  try {
    const unlock = await lockPlace(`${file}.partial`, (processId) => beingWritten(file, processId));
    return await openLocked(file, making, unlock).catch((error: unknown) => {
      unlock();
      throw error;
    });
  } catch (error) {
    throw explain(file, error as NodeJS.ErrnoException);
  }
}
