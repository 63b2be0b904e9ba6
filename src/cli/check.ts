import { checkTables, type TablesReport } from "../database/check-tables";
import { AppError, EXIT_STATUS } from "../errors";
import { Registry } from "../models/registry/registry";
import { type DefineCommand, EXISTING, print, withDatabase } from "./command";

interface Report extends TablesReport {
  /** versions of models whose files were read */
  readonly versions: number;
}

/** @returns what is wrong with the artifacts of each version */
async function artifactFaults(registry: Registry): Promise<{ readonly versions: number; readonly faults: string[] }> {
  const versions = (await registry.list()).flatMap((model) => model.versions);
  const faults: string[] = [];
  for (const version of versions) {
    await registry.load(version).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      faults.push(error.message);
    });
  }
  return { versions: versions.length, faults };
}

const check = (): Promise<Report> =>
  withDatabase(async (database, { dataDir }) => {
    const tables = await checkTables(database);
    const artifacts = await artifactFaults(new Registry(database, dataDir));
    return { tables: tables.tables, versions: artifacts.versions, faults: [...tables.faults, ...artifacts.faults] };
  }, EXISTING);

const describe = ({ tables, versions, faults }: Report): string =>
  faults.length === 0
    ? `Whole: all rows of ${tables} tables could be read, and the files of ${versions} model versions are as they were registered.`
    : `${faults.map((fault) => `WRONG: ${fault}`).join("\n")}\nRestore a backup into a new place (docs/deploy.md). Nothing was changed.`;

export const defineCheck: DefineCommand = (program) => {
  program
    .command("check")
    .description("read the whole database and the models' files, and say what is damaged")
    .option("--json", "print JSON")
    .action(async ({ json }: { json?: boolean }) => {
      const report = await check();
      print(report, describe(report), json);
      if (report.faults.length > 0) process.exitCode = EXIT_STATUS.CONFLICT;
    });
};
