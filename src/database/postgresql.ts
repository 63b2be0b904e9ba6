import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { Config } from "../config";
import { AppError } from "../errors";
import { timed } from "../telemetry/signal";
import { statementAnswered } from "../telemetry/signals";
import type { Database, Parameter, Queries } from "./database";
import { PrismaClient } from "./generated/client";
import { bulkReads, cancellable } from "./postgresql-bulk";
import { types } from "./postgresql-types";

/** [ms] How long a query may wait for a connection before it fails. */
const CONNECTION_TIMEOUT_MS = 10_000;

/** JIT compilation takes 5 ms, longer than most statements; its cost estimates are far off for ranges of ids. */
const NO_JIT = "-c jit=off";

type Client = Pick<pg.ClientBase, "query">;

function queriesOn(client: Client, withClient: <T>(work: (one: pg.ClientBase) => Promise<T>) => Promise<T>): Queries {
  const ask = <Row>(name: string, statement: pg.QueryConfig | pg.QueryArrayConfig) =>
    timed(statementAnswered, { name }, async () => (await client.query(statement)).rows as unknown as Row[]);
  return {
    query<Row extends object>(sql: string, parameters: readonly Parameter[] = []) {
      return ask<Row>("query", { text: sql, values: [...parameters], types });
    },
    prepared<Row extends readonly unknown[]>(name: string, sql: string, parameters: readonly Parameter[]) {
      return ask<Row>(name || "query", { name, text: sql, values: [...parameters], rowMode: "array", types });
    },
    async script(sql) {
      await client.query(sql);
    },
    async copyIn(target, bytes, options = "") {
      await withClient((one) =>
        pipeline(Readable.from(bytes, { objectMode: false }), one.query(copyFrom(`COPY ${target} FROM STDIN ${options}`))),
      );
    },
  };
}

/**
 * Opens a pool on PostgreSQL 15 or newer.
 *
 * @throws AppError DATABASE if no connection can be made; the message does not contain the password
 */
export async function openPostgresql(
  url: string,
  config: Config,
  limits: Pick<pg.PoolConfig, "statement_timeout"> = {},
): Promise<Database> {
  const connection = { connectionString: url, connectionTimeoutMillis: CONNECTION_TIMEOUT_MS, options: NO_JIT };
  const pool = new pg.Pool({ ...connection, max: config.poolSize, application_name: "asterism", ...limits });
  // If the server ends an idle connection, the process must survive; the next query gets a new connection.
  pool.on("error", () => undefined);
  // The same for a connection in use but momentarily idle, such as in a transaction that waits for a model.
  pool.on("connect", (client) => client.on("error", () => undefined));
  const withClient = async <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    const client = await pool.connect();
    try {
      const result = await work(client);
      client.release();
      return result;
    } catch (error) {
      client.release(error instanceof Error && !("severity" in error) ? error : undefined);
      throw error;
    }
  };
  const { hostname, port, pathname } = new URL(url);
  try {
    await pool.query("SELECT 1");
  } catch (cause) {
    await pool.end();
    throw new AppError(
      "DATABASE",
      `PostgreSQL at ${hostname || "localhost"}:${port || 5432}${pathname} does not answer: ${(cause as Error).message}. Check DATABASE_URL, or unset it to use the embedded database.`,
      { cause },
    );
  }
  const bulk = bulkReads(url, withClient);
  const statementNameGenerator = ({ sql }: { sql: string }) => createHash("sha1").update(sql).digest("base64url");
  const prisma = new PrismaClient({ adapter: new PrismaPg({ ...connection, max: 2 }, { statementNameGenerator }) });
  return {
    engine: "postgresql",
    prisma,
    poolUse: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    ...queriesOn(pool as unknown as Client, withClient),
    ...bulk,
    interruptible: (signal, work) =>
      withClient((client) => cancellable(url, client, signal, () => work(queriesOn(client, (use) => use(client))))),
    transaction: (work) =>
      withClient(async (client) => {
        await client.query("BEGIN");
        try {
          const result = await work(queriesOn(client, (use) => use(client)));
          await client.query("COMMIT");
          return result;
        } catch (error) {
          // A broken connection rolls back by itself; report the error that broke it.
          await client.query("ROLLBACK").catch(() => undefined);
          throw error;
        }
      }),
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
