import { open, rename, rm, stat } from "node:fs/promises";
import { lockPlace } from "../../database/process-lock";
import { AppError } from "../../errors";
import { type Journal, readJournal, takeUp, writeJournal } from "./partial-journal";
import { requireReplaceable } from "./replaceable";

/** A file under construction beside its place. */
export interface PartialFile {
  /** the last star that it holds; null where it begins */
  readonly resumedAfter: bigint | null;
  /** Appends bytes that end with the last row of a star. */
  append(bytes: Uint8Array, last: bigint | null): Promise<void>;
  /** Puts the whole file in its place. */
  finish(): Promise<void>;
  /** Ends it unfinished. What can be gone on with is kept for a later resumption; else nothing is left. */
  abandon(): Promise<void>;
}

/** How a file is made. */
export interface Making {
  /** what it is a file of, for a resumption to be of the same; null: a file of one piece, which cannot be gone on with */
  readonly fingerprint: string | null;
  /** go on with what the last run left, where the file can be gone on with */
  readonly resume?: boolean | undefined;
  /** told what became of a file that an earlier run left unfinished */
  readonly onNote?: ((note: string) => void) | undefined;
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** @returns what to say of what an earlier run left; null where it left nothing */
async function noteOf(partial: string, journal: Journal | null, { fingerprint, resume }: Making): Promise<string | null> {
  const left = await stat(partial).catch(() => null); // what is not there needs no word
  if (!left) return null;
  if (journal) return `Going on with ${partial}: ${megabytes(journal.bytes)} are there already.`;
  const what = `The ${megabytes(left.size)} that an earlier run left in ${partial} are written anew`;
  if (fingerprint === null) return `${what}: a file of this kind is of one piece.`;
  return resume ? `${what}: how far they had come is not known.` : `${what}. --resume would have gone on with them.`;
}

const beingWritten = (file: string, processId: string) =>
  new AppError("CONFLICT", `${file} is being written by process ${processId}. Wait for it to end, stop it, or name another file.`);

/** A fault of the place is the reader's to mend. */
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
  // A journal of what is written anew would speak of other bytes.
  if (!journal) await rm(`${partial}.json`, { force: true });
  const handle = await open(partial, journal ? "a" : "w");
  let written = journal?.bytes ?? 0;
  return {
    resumedAfter: journal?.last == null ? null : BigInt(journal.last),
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
 * Opens the partial file of a place, for this process alone: anew, or with `resume` where the last run left it.
 *
 * @throws AppError BAD_INPUT where the folder cannot be written to or the place is no file's, CONFLICT where another process
 * writes it, or it cannot be resumed
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
