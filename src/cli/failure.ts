import { AppError, isDatabaseAway } from "../errors";

/** What the file system answers where it takes no more, or not from us. */
const UNWRITABLE: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EPERM", "ENOTDIR", "EEXIST", "EISDIR", "EIO"]);

/** PostgreSQL's codes of a right that lacks, a database that is read-only, and resources (disk, memory) at their end. */
const REFUSALS = /^(42501|25006|53\w{3})$/;

/**
 * What a failure is to the command line's user.
 *
 * @returns null where it is a defect of ours
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
