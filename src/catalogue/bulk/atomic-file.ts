import { rmSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { AppError } from "../../errors";
import { requireReplaceable } from "./replaceable";

/** Has a signal that ends the process take the file with it. @returns what takes that back */
function removedBySignals(file: string): () => void {
  const remove = (signal: NodeJS.Signals) => {
    if (process.listenerCount(signal) > 0) return; // whoever else listens decides what becomes of the process
    rmSync(file, { force: true });
    process.kill(process.pid, signal);
  };
  process.once("SIGINT", remove).once("SIGTERM", remove);
  return () => void process.off("SIGINT", remove).off("SIGTERM", remove);
}

/**
 * Writes a file beside its place and renames it once it is whole and on the disk: who reads the place finds the old
 * file or the new one. Where `work` throws or is interrupted, nothing is left.
 *
 * @throws AppError BAD_INPUT if the folder cannot be written to, or the place is no file's
 */
export async function writeAtomically(
  file: string,
  work: (write: (content: string | Uint8Array) => Promise<void>) => Promise<void>,
): Promise<void> {
  await requireReplaceable(file);
  const partial = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.partial`);
  const refuse = (cause: NodeJS.ErrnoException): never => {
    throw new AppError(
      "BAD_INPUT",
      `${file} cannot be written (${cause.code}). Name a file in a folder that exists and may be written to.`,
      {
        cause,
      },
    );
  };
  const handle = await open(partial, "w").catch(refuse);
  const keep = removedBySignals(partial);
  try {
    // Unlike write, appendFile goes on until all is written.
    await work((content) => handle.appendFile(content));
    await handle.sync();
    await handle.close();
    await rename(partial, file).catch(refuse);
  } catch (error) {
    await handle.close().catch(() => undefined); // closed already where the rename was refused
    await rm(partial, { force: true });
    throw error;
  } finally {
    keep();
  }
}
