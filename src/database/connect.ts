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
