import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { timed } from "../telemetry/signal";
import { statementAnswered } from "../telemetry/signals";
import { BULK_STATEMENT_MS, type Database } from "./database";
import { types } from "./postgresql-types";

type WithClient = <T>(work: (client: pg.PoolClient) => Promise<T>) => Promise<T>;

/** Through a connection of its own: the pool may have none left, which is when cancelling matters most. */
async function cancelStatement(url: string, processId: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("SELECT pg_cancel_backend($1)", [processId]);
  } finally {
    await client.end();
  }
}

/**
 * Runs work on one connection whose statement under way the signal may cancel. The reason that is thrown then is no error
 * of the server, so the connection is closed rather than pooled: a cancellation that arrives late must not hit the next
 * statement.
 */
export async function cancellable<T>(
  url: string,
  client: pg.PoolClient,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  let cancelling: Promise<void> | undefined;
  const cancel = () => {
    const { processID } = client as pg.PoolClient & { readonly processID: number };
    // Where the server cannot be reached to cancel, it is not running the statement for us either.
    cancelling = cancelStatement(url, processID).catch(() => undefined);
  };
  signal?.addEventListener("abort", cancel, { once: true });
  try {
    return await work();
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", cancel);
    await cancelling;
  }
}

async function collect(client: pg.PoolClient, sql: string, format: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of client.query(copyTo(`COPY (${sql}) TO STDOUT (FORMAT ${format})`)) as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}

/** The long reads of a PostgreSQL database: each statement in a read-only transaction with a time limit of its own. */
export function bulkReads(url: string, withClient: WithClient): Pick<Database, "bulkRows" | "bulkCopy"> {
  const read = <T>(signal: AbortSignal | undefined, work: (client: pg.PoolClient) => Promise<T>) =>
    withClient(async (client) => {
      await client.query(`BEGIN READ ONLY; SET LOCAL statement_timeout = ${BULK_STATEMENT_MS}`);
      try {
        const result = await cancellable(url, client, signal, () => work(client));
        await client.query("COMMIT");
        return result;
      } catch (error) {
        // A connection that ended needs no end of its transaction, and what ended it is the error to tell.
        await client.query("ROLLBACK").catch(() => undefined);
        throw error;
      }
    });
  const bulk = <T>(signal: AbortSignal | undefined, work: (client: pg.PoolClient) => Promise<T>) =>
    timed(statementAnswered, { name: "bulk" }, () => read(signal, work));
  return {
    bulkRows: <Row extends readonly unknown[]>(sql: string, signal?: AbortSignal) =>
      bulk(signal, async (client) => (await client.query({ text: sql, rowMode: "array", types })).rows as unknown as Row[]),
    bulkCopy: (sql, format, signal) => bulk(signal, (client) => collect(client, sql, format)),
  };
}
