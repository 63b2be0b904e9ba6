import type { Command } from "commander";
import { type Config, loadConfig } from "../config";
import { connect } from "../database/connect";
import type { Database } from "../database/database";

/** Defines a command; each is a small file, listed in commands.ts. */
export type DefineCommand = (program: Command) => void;

/** Prints a result: JSON for programs (`--json`), otherwise text. */
export function print(result: unknown, text: string, json: boolean | undefined): void {
  const replaceBigint = (_key: string, value: unknown) => (typeof value === "bigint" ? value.toString() : value);
  process.stdout.write(json ? `${JSON.stringify(result, replaceBigint, 2)}\n` : `${text}\n`);
}

/** Prints a message for people on standard error, so that it does not mix with the result. */
export const note = (text: string): void => void process.stderr.write(`asterism: ${text}\n`);

/** Opens the configured database for one command and closes it afterwards. */
export async function withDatabase<T>(work: (database: Database, config: Config) => Promise<T>): Promise<T> {
  const config = loadConfig();
  const database = await connect(config);
  try {
    return await work(database, config);
  } finally {
    await database.close();
  }
}
