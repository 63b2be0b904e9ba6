import type { PrismaClient } from "./generated/client";

/** A parameter ($1, $2, ...) of a statement. */
export type Parameter = string | number | bigint | boolean | null | Date | Uint8Array | object | readonly Parameter[];

/** Statements, inside or outside a transaction. */
export interface Queries {
  /** Runs one parameterised statement. int8 is returned as bigint, float as number, timestamptz as Date. */
  query<Row extends object>(sql: string, parameters?: readonly Parameter[]): Promise<Row[]>;
  /**
   * Runs a hot statement: prepared once per connection under `name`, with rows as arrays in the order of the columns
   * (turning rows into objects would dominate the time of lists).
   *
   * @param name always of the same SQL text; empty: not kept, for statements with too many variants
   */
  prepared<Row extends readonly unknown[]>(name: string, sql: string, parameters: readonly Parameter[]): Promise<Row[]>;
  /** Runs a script of several statements without parameters. */
  script(sql: string): Promise<void>;
  /** `COPY <target> FROM STDIN <options>`: streams the bytes in; target and options must never contain user input. */
  copyIn(target: string, bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, options?: string): Promise<void>;
}

/** Connections of the pool. */
export interface PoolUse {
  readonly open: number;
  readonly idle: number;
  /** statements and transactions waiting for a connection */
  readonly waiting: number;
}

/** One database, two engines, the same SQL: PostgreSQL through DATABASE_URL, or the embedded one. */
export interface Database extends Queries {
  readonly engine: "postgresql" | "embedded";
  /** whether other requests wait while its statements run: long reads are then made of shorter ones. Absent: no */
  readonly keepsOthersWaiting?: boolean;
  /** For administration (models, ingest records); hot paths use `prepared`. */
  readonly prisma: PrismaClient;
  /** Null on the embedded engine, which has a single connection. */
  poolUse(): PoolUse | null;
  /** Commits when `work` resolves, rolls back when it throws. On the embedded engine everything else waits meanwhile. */
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  /**
   * Lends a connection to work that may become unwanted: aborting cancels its running statement on the server and rejects
   * with the signal's reason. The embedded engine cannot be interrupted and only checks the signal before it starts.
   */
  interruptible<T>(signal: AbortSignal, work: (queries: Queries) => Promise<T>): Promise<T>;
  /**
   * Runs a statement of a long read, with rows as arrays. It may take BULK_STATEMENT_MS, whatever the configured timeout.
   * Aborting cancels it on the server and rejects with the signal's reason. The embedded engine cannot be interrupted and
   * only checks the signal before it starts.
   *
   * @param sql must not contain user input except numbers
   */
  bulkRows<Row extends readonly unknown[]>(sql: string, signal?: AbortSignal): Promise<Row[]>;
  /**
   * Like `bulkRows`, but returns the output of `COPY (<sql>) TO STDOUT` in PostgreSQL's csv, text or binary format. The result
   * is held in memory.
   */
  bulkCopy(sql: string, format: "csv" | "text" | "binary", signal?: AbortSignal): Promise<Buffer>;
  close(): Promise<void>;
}

/** [ms] Timeout of one statement of a long read: a selective filter may scan the whole table to fill its chunk. */
export const BULK_STATEMENT_MS = 600_000;
