import type { Command } from "commander";
import { type Config, loadConfig } from "../config";
import { connect } from "../database/connect";
import type { Database } from "../database/database";
import { hasEmbedded } from "../database/embedded-folder";
import { AppError } from "../errors";

/** Defines a command; each is a small file, listed in commands.ts. */
export type DefineCommand = (program: Command) => void;

/** Prints a result: JSON for programs (`--json`), otherwise text. */
export function print(result: unknown, text: string, json: boolean | undefined): void {
  const replaceBigint = (_key: string, value: unknown) => (typeof value === "bigint" ? value.toString() : value);
  process.stdout.write(json ? `${JSON.stringify(result, replaceBigint, 2)}\n` : `${text}\n`);
}

/** Prints a message for people on standard error, so that it does not mix with the result. */
export const note = (text: string): void => void process.stderr.write(`asterism: ${text}\n`);

/**
 * Says that a new embedded database is made, or refuses to make one: ASTERISM_DATA_DIR may be a path within the current folder,
 * so that a command in another folder finds nothing there.
 *
 * @throws AppError NOT_FOUND where there is none and the command needs what one holds
 */
function requireOrAnnounce({ databaseUrl, dataDir }: Config, existing: boolean): void {
  if (databaseUrl !== null || hasEmbedded(dataDir)) return;
  if (!existing) {
    note(`making a new embedded database in ${dataDir}. Set ASTERISM_DATA_DIR to use one that is elsewhere.`);
    return;
  }
  const message = `There is no embedded database in ${dataDir}. Run the command in the folder where \`asterism serve\` or \`ingest\` was run, or set ASTERISM_DATA_DIR or DATABASE_URL.`;
  throw new AppError("NOT_FOUND", message);
}

/** How a command uses the database. */
export interface Use {
  /** it needs what a database holds: where there is none, none is made */
  readonly existing?: boolean;
}

/** For commands that need what a database holds. */
export const EXISTING: Use = { existing: true };

/** Opens the configured database for one command and closes it afterwards. */
export async function withDatabase<T>(
  work: (database: Database, config: Config) => Promise<T>,
  { existing = false }: Use = {},
): Promise<T> {
  const config = loadConfig();
  requireOrAnnounce(config, existing);
  const database = await connect(config);
  try {
    return await work(database, config);
  } finally {
    await database.close();
  }
}
