import { open, readFile, rename, rm, stat, truncate, writeFile } from "node:fs/promises";
import { AppError } from "../../errors";
import { requireReplaceable } from "./replaceable";

/** How far a partial file has come. */
interface Journal {
  /** what it is a file of */
  readonly fingerprint: string;
  /** [byte] of the file that hold whole stars; what lies behind them is cut off */
  readonly bytes: number;
  readonly last: string | null;
}

/** A file under construction beside its place. */
export interface PartialFile {
  /** the last star that it holds; null where it begins */
  readonly resumedAfter: bigint | null;
  /** Appends bytes that end with the last row of a star. */
  append(bytes: Uint8Array, last: bigint | null): Promise<void>;
  /** Puts the whole file in its place. */
  finish(): Promise<void>;
  /** Ends it unfinished: `keep` what there is for a later resumption, else nothing is left. */
  abandon(keep: boolean): Promise<void>;
}

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === "ENOENT";

async function readJournal(file: string): Promise<Journal | null> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Journal;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Cuts a partial file back to its whole stars. @throws AppError CONFLICT where it is of another export, or too short */
async function takeUp(partial: string, journal: Journal, fingerprint: string): Promise<void> {
  const advice = "Export it anew without --resume.";
  if (journal.fingerprint !== fingerprint) throw new AppError("CONFLICT", `${partial} is of another export than this one. ${advice}`);
  const size = await stat(partial).then(
    (found) => found.size,
    () => -1,
  );
  if (size < journal.bytes) throw new AppError("CONFLICT", `${partial} is shorter than it was left, or gone. ${advice}`);
  await truncate(partial, journal.bytes);
}

/**
 * Opens the partial file of a place: anew, or with `resume` where the last run left it.
 *
 * @throws AppError BAD_INPUT where the folder cannot be written to or the place is no file's, CONFLICT where it cannot be resumed
 */
export async function openPartial(file: string, fingerprint: string, resume: boolean): Promise<PartialFile> {
  await requireReplaceable(file);
  const partial = `${file}.partial`;
  const journalFile = `${partial}.json`;
  const journal = resume ? await readJournal(journalFile) : null;
  if (journal) await takeUp(partial, journal, fingerprint);
  const handle = await open(partial, journal ? "a" : "w").catch((cause: NodeJS.ErrnoException) => {
    const advice = "Name a file in a folder that exists and may be written to.";
    throw new AppError("BAD_INPUT", `${file} cannot be written (${cause.code}). ${advice}`, { cause });
  });
  let written = journal?.bytes ?? 0;
  return {
    resumedAfter: journal?.last == null ? null : BigInt(journal.last),
    async append(bytes, last) {
      await handle.writeFile(bytes);
      written += bytes.length;
      await writeFile(journalFile, JSON.stringify({ fingerprint, bytes: written, last: last?.toString() ?? null } satisfies Journal));
    },
    async finish() {
      await handle.sync();
      await handle.close();
      await rename(partial, file);
      await rm(journalFile, { force: true });
    },
    async abandon(keep) {
      await handle.close();
      if (keep && written > 0) return;
      await rm(partial, { force: true });
      await rm(journalFile, { force: true });
    },
  };
}
