import type { PrismaClient } from "./generated/client";

/** A value that may stand for $1, $2, ... in a statement. */
export type Parameter = string | number | bigint | boolean | null | Date | Uint8Array | object | readonly Parameter[];

/** What can be asked of the database, inside a transaction or outside one. */
export interface Queries {
  /** Runs one parameterised statement. int8 comes back as bigint, float as number, timestamptz as Date. */
  query<Row extends object>(sql: string, parameters?: readonly Parameter[]): Promise<Row[]>;
  /**
   * A hot statement: prepared once a connection under `name`, its rows as arrays in the order of its columns
   * (parsing rows into objects dominates lists).
   *
   * @param name of one text for ever; empty: planned each time, for texts of which there are too many to keep
   */
  prepared<Row extends readonly unknown[]>(name: string, sql: string, parameters: readonly Parameter[]): Promise<Row[]>;
  /** Runs a script of several statements without parameters. */
  script(sql: string): Promise<void>;
  /** `COPY <target> FROM STDIN <options>`: streams the bytes in; target and options are ours, never a user's. */
  copyIn(target: string, bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, options?: string): Promise<void>;
}

/** How many connections there are, and who waits for one. */
export interface PoolUse {
  readonly open: number;
  readonly idle: number;
  /** statements and transactions that wait for a connection */
  readonly waiting: number;
}

/** One database, two engines, the same SQL: PostgreSQL through DATABASE_URL, or the embedded one. */
export interface Database extends Queries {
  readonly engine: "postgresql" | "embedded";
  /** For administration (models, ingest records); hot paths use `prepared`. */
  readonly prisma: PrismaClient;
  /** Null on the embedded engine, which has one connection and a queue of its own. */
  poolUse(): PoolUse | null;
  /** Commits when `work` resolves, rolls back when it throws. On the embedded engine all else waits meanwhile. */
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  /**
   * Lends a connection to work that nobody may want any more: aborting cancels its statement under way on the server and
   * rejects with the signal's reason; the embedded engine, which cannot be interrupted, looks at the signal first.
   */
  interruptible<T>(signal: AbortSignal, work: (queries: Queries) => Promise<T>): Promise<T>;
  /**
   * A long read's statement, its rows as arrays: it may run for BULK_STATEMENT_MS whatever the settings say of others.
   * Aborting cancels it on the server and rejects with the signal's reason; the embedded engine, which cannot be
   * interrupted, looks at the signal before it starts.
   *
   * @param sql ours, with nothing of a user's in it but numbers
   */
  bulkRows<Row extends readonly unknown[]>(sql: string, signal?: AbortSignal): Promise<Row[]>;
  /**
   * As `bulkRows`, answering the bytes of `COPY (<sql>) TO STDOUT`, in PostgreSQL's csv, text or binary format: ask for as
   * much as memory may hold.
   */
  bulkCopy(sql: string, format: "csv" | "text" | "binary", signal?: AbortSignal): Promise<Buffer>;
  close(): Promise<void>;
}

/** Longest that one statement of a long read may run [ms]: a rare filter walks the whole table to fill its chunk. */
export const BULK_STATEMENT_MS = 600_000;
