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
 * Creates a folder and its parents, one by one: Node's recursive mkdir never returns on a file system that answers
 * ENOENT to every mkdir, such as /proc (Node 20, 22 and 24).
 *
 * @throws AppError BAD_INPUT if it cannot be created
 */
export function makeFolder(folder: string): void {
  try {
    make(path.resolve(folder));
  } catch (cause) {
    const message = `The folder ${folder} cannot be made (${(cause as Error).message}). Choose a folder that can be written, in ASTERISM_DATA_DIR or the option that names it.`;
    throw new AppError("BAD_INPUT", message, { cause });
  }
}
