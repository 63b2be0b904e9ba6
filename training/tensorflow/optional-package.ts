import { createRequire } from "node:module";
import path from "node:path";
import { AppError } from "../../src/errors";

/** Looks beside asterism first, then in the folder the command was started from, where a user may have installed it. */
const finders = [require, createRequire(path.join(process.cwd(), "package.json"))];

/**
 * Loads a package that an ordinary install leaves out (hundreds of megabytes of GPU or TensorFlow libraries).
 *
 * @throws AppError BACKEND_UNAVAILABLE if it is not installed or does not load
 */
export function requireOptional<Module>(name: string): Module {
  for (const find of finders) {
    let found: string;
    try {
      found = find.resolve(name);
    } catch {
      continue; // not installed here: the next place may have it
    }
    try {
      return find(found) as Module;
    } catch (cause) {
      throw new AppError("BACKEND_UNAVAILABLE", `${name} is installed but does not load: ${(cause as Error).message}`, { cause });
    }
  }
  throw new AppError("BACKEND_UNAVAILABLE", `${name} is not installed. \`npm install --no-save ${name}\` installs it.`);
}
