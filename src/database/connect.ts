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
 * Opens the configured database for the API: migrated, and on PostgreSQL with the configured statement timeout. The
 * embedded engine, meant for a single user's machine, cannot interrupt a statement.
 *
 * @param prepare work without that timeout, which runs first
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
