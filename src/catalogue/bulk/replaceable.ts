import { stat } from "node:fs/promises";
import { AppError } from "../../errors";

/**
 * A file that appears whole takes its place by being renamed to it, which replaces whatever stands there.
 *
 * @throws AppError BAD_INPUT if that is a folder, or a device as /dev/stdout
 */
export async function requireReplaceable(file: string): Promise<void> {
  const found = await stat(file).catch(() => null); // what is not there, or cannot be seen, is told of by whoever opens it
  if (!found || found.isFile()) return;
  throw new AppError("BAD_INPUT", `${file} is ${found.isDirectory() ? "a folder" : "no regular file"}. Name a file to be written.`);
}
