/** Every code an AppError may carry, with the exit status the command line ends with. */
export const EXIT_STATUS = {
  /** The input is not what was asked for: a file, an argument, an environment variable. */
  BAD_INPUT: 2,
  /** A named thing (model, version, file, star) does not exist. */
  NOT_FOUND: 3,
  /** Something that exists is in the way: a lock, an immutable version, a rule that refuses. */
  CONFLICT: 4,
  /** The database cannot be reached, or answered with an error. */
  DATABASE: 5,
  /** A model has no usable version, or its artifact is missing. */
  MODEL_UNAVAILABLE: 6,
  /** An artifact's bytes are not those that were registered. */
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
const AWAY_CODES = /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN|08|53300|57P|P1001|P1002|P1008|P1017|P2024|P2037)/;
/** What pg and its pool say without a code. */
const AWAY_MESSAGES = /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;

/** Whether an error means that the database went away, or has no connection to give: it may answer in a moment. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if ((typeof code === "string" && AWAY_CODES.test(code)) || AWAY_MESSAGES.test(error.message)) return true;
  return isDatabaseAway(error.cause);
}

/**
 * A failure that its reader can act upon: the message says what was wanted, what came and what to do next.
 * Anything else that is thrown is a defect; it is logged whole and masked at the API's border.
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
