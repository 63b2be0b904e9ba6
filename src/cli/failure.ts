import { AppError, isDatabaseAway } from "../errors";

/** What the file system answers where it takes no more, or not from us. */
const UNWRITABLE: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EPERM", "ENOTDIR", "EISDIR", "EIO"]);

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
  const { code, path, syscall } = thrown as NodeJS.ErrnoException;
  if (!UNWRITABLE.has(code ?? "") || syscall === undefined) return null;
  const message = `${path ?? "A file"} cannot be used (${thrown.message}). Free space or grant the rights, or set ASTERISM_DATA_DIR to another folder.`;
  return new AppError("BAD_INPUT", message, { cause: thrown });
}
