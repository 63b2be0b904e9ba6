import { catalogueStatus } from "../catalogue/status";
import { type Config, VERSION } from "../config";
import type { Database } from "../database/database";
import { ingestText } from "./catalogue-text";
import { type DefineCommand, EXISTING, print, withDatabase } from "./command";

export const defineStatus: DefineCommand = (program) => {
  program
    .command("status")
    .description("say which database is in use and what it holds")
    .option("--json", "print JSON")
    .action(async ({ json }: { json?: boolean }) => {
      const read = async (database: Database, config: Config) => ({
        version: VERSION,
        node: process.version,
        engine: database.engine,
        dataDir: config.dataDir,
        ...(await catalogueStatus(database)),
      });
      const status = await withDatabase(read, EXISTING);
      const rows = status.counts.map(({ table, rows, exact }) => `  ${table.padEnd(20)}${exact ? " " : "~"}${rows.toLocaleString("en")}`);
      const sky = [status.observedStars && "observed", status.syntheticStars && "synthetic"].filter(Boolean).join(" and ") || "no";
      const ingests = status.ingests.map((one) => `  ${ingestText(one)}`);
      print(
        status,
        `asterism ${status.version} on Node ${status.node}\n${status.engine} (PostgreSQL ${status.postgresql}), data in ${status.dataDir}, ${sky} stars\n${rows.join("\n")}${ingests.length ? `\nLast ingests\n${ingests.join("\n")}` : ""}`,
        json,
      );
    });
};
