import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { timed } from "../telemetry/signal";
import { statementAnswered } from "../telemetry/signals";
import { BULK_STATEMENT_MS, type Database } from "./database";
import { types } from "./postgresql-types";

type WithClient = <T>(work: (client: pg.PoolClient) => Promise<T>) => Promise<T>;

/** Uses a separate connection: when cancelling matters most, the pool may have none left. */
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
 * Runs work on one connection; the signal cancels its running statement. After a cancellation the connection is closed
 * instead of returned to the pool, so that a late cancellation cannot hit another statement.
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
    // If the server cannot be reached to cancel, it is not running the statement either.
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

/** Long reads from PostgreSQL: each statement in a read-only transaction with its own timeout. */
export function bulkReads(url: string, withClient: WithClient): Pick<Database, "bulkRows" | "bulkCopy"> {
  const read = <T>(signal: AbortSignal | undefined, work: (client: pg.PoolClient) => Promise<T>) =>
    withClient(async (client) => {
      await client.query(`BEGIN READ ONLY; SET LOCAL statement_timeout = ${BULK_STATEMENT_MS}`);
      try {
        const result = await cancellable(url, client, signal, () => work(client));
        await client.query("COMMIT");
        return result;
      } catch (error) {
        // A broken connection has no transaction to end; report the error that broke it.
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
