import { closeSync, openSync, readFileSync, unlinkSync, writeSync } from "node:fs";
import { AppError } from "../errors";

/** Whether a process of that id lives. Signal 0 tests without sending anything. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Takes a folder for this process: `<folder>.lock` holds the owner's process id. A lock whose owner is dead
 * (kill -9, power cut) is taken over.
 *
 * @returns the release
 * @throws AppError CONFLICT naming the process that has it
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = `${folder}.lock`;
  for (;;) {
    try {
      const descriptor = openSync(file, "wx");
      writeSync(descriptor, `${process.pid}\n`);
      closeSync(descriptor);
      return async () => unlinkSync(file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const owner = Number(readFileSync(file, "utf8"));
      if (owner !== process.pid && owner > 0 && isAlive(owner))
        throw new AppError(
          "CONFLICT",
          `The embedded database ${folder} is open in process ${owner}, and takes one process at a time. Stop that process, set ASTERISM_DATA_DIR to another folder, or use PostgreSQL through DATABASE_URL.`,
        );
      unlinkSync(file);
    }
  }
}
