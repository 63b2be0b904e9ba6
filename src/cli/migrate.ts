import { loadConfig } from "../config";
import { open } from "../database/connect";
import { migrate } from "../database/migrate";
import { type DefineCommand, print } from "./command";

export const defineMigrate: DefineCommand = (program) => {
  program
    .command("migrate")
    .description("bring the database's tables up to date, as every command does that opens it")
    .option("--json", "print JSON")
    .action(async ({ json }: { json?: boolean }) => {
      const database = await open(loadConfig());
      try {
        const applied = await migrate(database);
        print({ engine: database.engine, applied }, applied.length ? `Applied ${applied.join(", ")}.` : "Nothing to apply.", json);
      } finally {
        await database.close();
      }
    });
};
