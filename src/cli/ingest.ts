import path from "node:path";
import { gaiaPlan } from "../catalogue/ingest/gaia-plan";
import { type IngestOptions, ingestFile } from "../catalogue/ingest/ingest-file";
import { closeDeadRecords, type IngestRecord } from "../catalogue/ingest/record";
import { parseRelease } from "../catalogue/ingest/release";
import { AppError, EXIT_STATUS } from "../errors";
import { type DefineCommand, print, withDatabase } from "./command";
import { progressBar } from "./progress";

interface Options {
  readonly release: string;
  readonly mapping?: string;
  readonly maxRejected: string;
  readonly json?: boolean;
}

type KindOptions = Pick<IngestOptions, "plan" | "delimiter">;

function kindOptions(kind: string, options: Options): KindOptions {
  const release = parseRelease(options.release);
  if (kind === "gaia") return { plan: async (columns, file) => gaiaPlan(columns, file, release) };
  throw new AppError("BAD_INPUT", `The kind must be gaia, not '${kind}'.`);
}

function describe(record: IngestRecord): string {
  if (record.status === "failed") return `${record.source}: FAILED: ${record.error}`;
  const counts = `read ${record.read}, inserted ${record.inserted}, updated ${record.updated}, unchanged ${record.unchanged}, rejected ${record.rejected}`;
  const reasons = Object.entries(record.reasons).map(([reason, count]) => `\n  ${count} rejected: ${reason}`);
  return `${record.source}: ${counts}${reasons.join("")}${record.rejectsFile ? `\n  kept in ${record.rejectsFile}` : ""}`;
}

export const defineIngest: DefineCommand = (program) => {
  program
    .command("ingest")
    .description("take catalogue files into the database: CSV, ECSV, VOTable or FITS, each may be gzipped")
    .argument("<kind>", "gaia")
    .argument("<file...>", "table files; each is taken in whole or not at all")
    .option("--release <release>", "Gaia data release of the source_ids", "DR3")
    .option("--max-rejected <n>", "fail a file of which more rows are rejected", "1000000")
    .option("--json", "print the records as JSON")
    .action(async (kind: string, files: string[], options: Options) => {
      const maxRejected = Number(options.maxRejected);
      if (!Number.isInteger(maxRejected) || maxRejected < 0)
        throw new AppError("BAD_INPUT", `--max-rejected must be a whole number from 0, not '${options.maxRejected}'.`);
      const ofKind = kindOptions(kind, options);
      const records = await withDatabase(async (database, { dataDir }) => {
        await closeDeadRecords(database);
        const taken: IngestRecord[] = [];
        for (const file of files) {
          const bar = progressBar(`ingest ${path.basename(file)}`, options);
          const rejectsDir = path.join(dataDir, "rejects");
          taken.push(await ingestFile(database, file, { kind, maxRejected, rejectsDir, onProgress: bar.update, ...ofKind }));
          bar.stop();
        }
        return taken;
      });
      print(records, records.map(describe).join("\n"), options.json);
      if (records.some(({ status }) => status === "failed")) process.exitCode = EXIT_STATUS.BAD_INPUT;
    });
};
