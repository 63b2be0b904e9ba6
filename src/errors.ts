/** The codes of AppErrors, with the command line's exit status for each. */
export const EXIT_STATUS = {
  /** Invalid input: a file, an argument, an environment variable. */
  BAD_INPUT: 2,
  /** A named thing (model, version, file, star) does not exist. */
  NOT_FOUND: 3,
  /** Something existing is in the way: a lock, an immutable version, a rule that refuses. */
  CONFLICT: 4,
  /** The database is not available, or returned an error. */
  DATABASE: 5,
  /** A model has no usable version, or its artifact is missing. */
  MODEL_UNAVAILABLE: 6,
  /** An artifact was changed after its registration. */
  ARTIFACT_TAMPERED: 7,
  /** A bounded queue is full: try again later. */
  OVERLOADED: 8,
  /** An optional library or backend is not installed or failed its self-test. */
  BACKEND_UNAVAILABLE: 9,
  /** The user interrupted the work; what was saved is complete. */
  INTERRUPTED: 130,
} as const;

export type ErrorCode = keyof typeof EXIT_STATUS;

/** Codes of Node's sockets, PostgreSQL (connection exception, too many connections, shutdown) and Prisma. */
const AWAY_CODES = /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN|08|53300|57P|P1001|P1002|P1008|P1017|P2024|P2037|P2039)/;
/** Messages of pg and its pool that come without a code. */
const AWAY_MESSAGES = /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;

/** Whether an error means that the database is unreachable or out of connections, which may be temporary. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if ((typeof code === "string" && AWAY_CODES.test(code)) || AWAY_MESSAGES.test(error.message)) return true;
  return isDatabaseAway(error.cause);
}

/**
 * A failure that the user can act on: the message says what was expected, what was received and what to do next.
 * Any other thrown error is a defect, which is logged in full and masked in the API's answers.
 */
export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "AppError";
  }
}
