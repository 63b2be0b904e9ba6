import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { AppError } from "./errors";

function make(folder: string): void {
  if (existsSync(folder)) return;
  make(path.dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!existsSync(folder)) throw error; // else another process was faster
  }
}

/**
 * Makes a folder and those above it, one by one: Node's own recursive mkdir never ends where the file system answers
 * ENOENT to whatever is made in it, as /proc does (seen in Node 20, 22 and 24).
 *
 * @throws AppError BAD_INPUT where it cannot be made
 */
export function makeFolder(folder: string): void {
  try {
    make(path.resolve(folder));
  } catch (cause) {
    const message = `The folder ${folder} cannot be made (${(cause as Error).message}). Name one that can be written: ASTERISM_DATA_DIR, or an option, says which.`;
    throw new AppError("BAD_INPUT", message, { cause });
  }
}
