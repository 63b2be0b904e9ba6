import { inspect } from "node:util";
import { AppError, EXIT_STATUS, isDatabaseAway } from "../errors";

/** Codes of the file system for missing space or permissions. */
const UNWRITABLE: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EPERM", "ENOTDIR", "EEXIST", "EISDIR", "EIO"]);

/** PostgreSQL's codes for missing privileges, a read-only database, and exhausted resources (disk, memory). */
const REFUSALS = /^(42501|25006|53\w{3})$/;

/** Node's codes where a module is not there. */
const NOT_INSTALLED = /^(ERR_)?MODULE_NOT_FOUND$/;

/** Where only serving is installed, what training needs is absent: asterism's own code for it, or packages. */
function notInstalled(error: Error): AppError {
  const [missing] = error.message.split("\n");
  const message = `This installation can serve, and not do this: ${missing}. Run it where asterism is installed whole (\`npm ci\`, no part omitted).`;
  return new AppError("BACKEND_UNAVAILABLE", message, { cause: error });
}

/** What WebAssembly programs throw when they end is no Error. */
function isEngineExit(thrown: unknown): thrown is { readonly message: string } {
  const { name, message } = (thrown ?? {}) as { name?: unknown; message?: unknown };
  return name === "ExitStatus" && typeof message === "string";
}

/** Whatever was thrown, so that it can be read: an error's stack; of anything else, what is in it. */
export function thrownText(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.stack ?? `${thrown.name}: ${thrown.message}`;
  return typeof thrown === "string" ? thrown : inspect(thrown, { depth: 4, breakLength: Number.POSITIVE_INFINITY });
}

/**
 * Turns any thrown value into an error for users of the command line.
 *
 * @returns null if it is a defect of asterism
 */
export function asAppError(thrown: unknown): AppError | null {
  if (thrown instanceof AppError) return thrown;
  if (isEngineExit(thrown)) {
    const message = `The embedded database's engine ended: ${thrown.message}. Its disk may be full or its folder damaged; free space and try again.`;
    return new AppError("DATABASE", message);
  }
  if (!(thrown instanceof Error)) return null;
  if (NOT_INSTALLED.test(String((thrown as { code?: unknown }).code))) return notInstalled(thrown);
  if (isDatabaseAway(thrown)) {
    const message = `The database went away: ${thrown.message}. What was finished is kept; run the command again once it answers.`;
    return new AppError("DATABASE", message, { cause: thrown });
  }
  if (REFUSALS.test(String((thrown as { code?: unknown }).code))) {
    const message = `The database refuses: ${thrown.message}. Grant the role of DATABASE_URL its rights, or give the server room.`;
    return new AppError("DATABASE", message, { cause: thrown });
  }
  const { code, path, syscall } = thrown as NodeJS.ErrnoException;
  if (!UNWRITABLE.has(code ?? "") || syscall === undefined) return null;
  const message = `${path ?? "A file"} cannot be used (${thrown.message}). Free space or grant the rights, or set ASTERISM_DATA_DIR to another folder.`;
  return new AppError("BAD_INPUT", message, { cause: thrown });
}

/** The exit status for whatever was thrown: that of its code, or 1 for a defect. */
export function exitStatusOf(thrown: unknown): number {
  const known = asAppError(thrown);
  return known ? EXIT_STATUS[known.code] : 1;
}
