import type { Config } from "../config";
import type { Database } from "./database";
import { openEmbedded } from "./embedded";
import { migrate } from "./migrate";
import { openPostgresql } from "./postgresql";

/** Opens the configured database as it is. */
export async function open(config: Config): Promise<Database> {
  return config.databaseUrl === null ? openEmbedded(config.dataDir) : openPostgresql(config.databaseUrl, config);
}

/** Opens the configured database and brings its tables up to date. */
export async function connect(config: Config): Promise<Database> {
  const database = await open(config);
  try {
    await migrate(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/**
 * Opens the configured database for the API: up to date, and on PostgreSQL no statement may run longer than the
 * settings allow. The embedded engine, which serves one reader's own machine, has no way to interrupt a statement.
 *
 * @param prepare what may take longer, and comes first
 */
export async function connectToServe(config: Config, prepare: (database: Database) => Promise<void>): Promise<Database> {
  const database = await connect(config);
  try {
    await prepare(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  if (config.databaseUrl === null) return database;
  await database.close();
  return openPostgresql(config.databaseUrl, config, { statement_timeout: config.statementTimeoutMs });
}
