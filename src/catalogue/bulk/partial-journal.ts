import { readFile, rename, stat, truncate, writeFile } from "node:fs/promises";
import { AppError } from "../../errors";

/** How much of a partial file is complete. */
export interface Journal {
  /** identifies its content */
  readonly fingerprint: string;
  /** [byte] Length of the complete stars; what follows is cut off. */
  readonly bytes: number;
  readonly last: string | null;
}

/** @returns null if there is none, or a power cut left it empty: its bytes may reach the disk after its name */
export async function readJournal(partial: string): Promise<Journal | null> {
  try {
    return JSON.parse(await readFile(`${partial}.json`, "utf8")) as Journal;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT" || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Renamed into place, so that a kill leaves the old journal or the new one, never a part. */
export async function writeJournal(partial: string, journal: Journal): Promise<void> {
  await writeFile(`${partial}.json.new`, JSON.stringify(journal));
  await rename(`${partial}.json.new`, `${partial}.json`);
}

/** Cuts a partial file after its last complete star. @throws AppError CONFLICT if it belongs to another export, or is too short */
export async function takeUp(partial: string, journal: Journal, fingerprint: string): Promise<void> {
  const advice = "Export again without --resume.";
  if (journal.fingerprint !== fingerprint) throw new AppError("CONFLICT", `${partial} belongs to another export. ${advice}`);
  const size = await stat(partial).then(
    (found) => found.size,
    () => -1,
  );
  if (size < journal.bytes) throw new AppError("CONFLICT", `${partial} is missing or has been shortened. ${advice}`);
  await truncate(partial, journal.bytes);
}
