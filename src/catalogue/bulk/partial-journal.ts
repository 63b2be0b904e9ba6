import { readFile, rename, stat, truncate, writeFile } from "node:fs/promises";
import { AppError } from "../../errors";

/** How far a partial file has come. */
export interface Journal {
  /** what it is a file of */
  readonly fingerprint: string;
  /** [byte] of the file that hold whole stars; what lies behind them is cut off */
  readonly bytes: number;
  readonly last: string | null;
}

/** @returns null where there is none */
export async function readJournal(partial: string): Promise<Journal | null> {
  try {
    return JSON.parse(await readFile(`${partial}.json`, "utf8")) as Journal;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** Renamed to its place: a kill leaves the old one or the new one, never half of one. */
export async function writeJournal(partial: string, journal: Journal): Promise<void> {
  await writeFile(`${partial}.json.new`, JSON.stringify(journal));
  await rename(`${partial}.json.new`, `${partial}.json`);
}

/** Cuts a partial file back to its whole stars. @throws AppError CONFLICT where it is of another export, or too short */
export async function takeUp(partial: string, journal: Journal, fingerprint: string): Promise<void> {
  const advice = "Export it anew without --resume.";
  if (journal.fingerprint !== fingerprint) throw new AppError("CONFLICT", `${partial} is of another export than this one. ${advice}`);
  const size = await stat(partial).then(
    (found) => found.size,
    () => -1,
  );
  if (size < journal.bytes) throw new AppError("CONFLICT", `${partial} is shorter than it was left, or gone. ${advice}`);
  await truncate(partial, journal.bytes);
}
