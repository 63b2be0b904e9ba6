import { AppError, isDatabaseAway } from "../errors";

/** Codes of the file system for missing space or permissions. */
const UNWRITABLE: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EPERM", "ENOTDIR", "EEXIST", "EISDIR", "EIO"]);

/** PostgreSQL's codes for missing privileges, a read-only database, and exhausted resources (disk, memory). */
const REFUSALS = /^(42501|25006|53\w{3})$/;

/**
 * Turns any thrown value into an error for users of the command line.
 *
 * @returns null if it is a defect of asterism
 */
export function asAppError(thrown: unknown): AppError | null {
  if (thrown instanceof AppError) return thrown;
  if (!(thrown instanceof Error)) return null;
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
