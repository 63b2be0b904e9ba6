import path from "node:path";
import { type IngestOptions, type IngestOutcome, ingestFile } from "../catalogue/ingest/ingest-file";
import { KINDS, type KindOptions, passesOfKind } from "../catalogue/ingest/kinds";
import { readMapping, shippedMappings } from "../catalogue/ingest/mapping-file";
import { closeDeadRecords } from "../catalogue/ingest/record";
import { replaceDelivery } from "../catalogue/ingest/replace-delivery";
import { parseRelease, type Release } from "../catalogue/release";
import { analyseAfter } from "../database/analyse";
import type { Database } from "../database/database";
import { AppError, EXIT_STATUS } from "../errors";
import type { TableChoice } from "../formats/open-table";
import { type DefineCommand, print, withDatabase } from "./command";
import { exitStatusOf } from "./failure";
import { type OnProgress, withProgress } from "./progress";
import { defineTableChoice, tableChoice } from "./table-choice";
import { wholeNumber } from "./whole-number";

/** The tables that ingestion writes to. */
const INGESTED_TABLES = [
  "star",
  "catalogue_object",
  "crossmatch",
  "photometry",
  "survey_label",
  "survey_label_value",
  "light_curve",
  "variability",
];

interface Options extends TableChoice {
  readonly release?: Release;
  readonly mapping?: string;
  readonly maxRejected: number;
  readonly replace?: boolean;
  readonly json?: boolean;
}

function unmatchedText({ unmatched, catalogue }: IngestOutcome): string {
  if (unmatched === 0) return "";
  const objects = `${unmatched.toLocaleString("en")} ${unmatched === 1 ? "object has" : "objects have"} no source_id`;
  return `\n  ${objects}: kept, but joined to no star; list them with \`asterism catalogues show ${catalogue} --unmatched\`, or find their stars by position with \`asterism crossmatch ${catalogue}\``;
}

function describe(record: IngestOutcome): string {
  const title = `${record.source} (${record.kind})`;
  if (record.status === "failed") return `${title}: FAILED, nothing of it was kept: ${record.error}`;
  const counts = `read ${record.read}, inserted ${record.inserted}, updated ${record.updated}, unchanged ${record.unchanged}, rejected ${record.rejected}`;
  const reasons = Object.entries(record.reasons).map(([reason, count]) => `\n  ${count} rejected: ${reason}`);
  const kept = record.rejectsFile ? `\n  kept in ${record.rejectsFile}` : "";
  const replaced = record.replaced > 0 ? `\n  in place of ${record.replaced.toLocaleString("en")} rows of the delivery before` : "";
  return `${title}: ${counts}${reasons.join("")}${kept}${replaced}${unmatchedText(record)}`;
}

/** Files whose rows were all rejected, in every pass: most likely the wrong file or mapping. */
function uselessFiles(records: readonly IngestOutcome[]): string[] {
  const useful = new Set(records.filter(({ status, read, rejected }) => status === "done" && rejected < read).map(({ source }) => source));
  const done = records.filter(({ status, source }) => status === "done" && !useful.has(source));
  return [...new Set(done.map(({ source }) => source))];
}

/** Prints completed files to standard output, and failures to standard error, even with --json. */
function report(records: readonly IngestOutcome[], json: boolean | undefined): void {
  const [done, failed] = [records.filter(({ status }) => status === "done"), records.filter(({ status }) => status === "failed")];
  const shown = records.map(({ cause, ...record }) => record);
  if (json || done.length > 0) print(shown, done.map(describe).join("\n"), json);
  for (const record of failed) process.stderr.write(`asterism: ${describe(record)}\n`);
  for (const file of uselessFiles(records)) process.stderr.write(`asterism: ${file}: every row was rejected, for the reasons above.\n`);
}

/** The exit status for the first file that failed; 1 if that was a defect of asterism. */
function exitStatus(records: readonly IngestOutcome[]): number {
  const failed = records.find(({ status }) => status === "failed");
  if (failed === undefined) return uselessFiles(records).length ? EXIT_STATUS.BAD_INPUT : 0;
  return exitStatusOf(failed.cause);
}

interface Passes {
  readonly passes: readonly KindOptions[];
  /** of the mapping; null if there is none */
  readonly catalogue: string | null;
}

async function ingestEach(database: Database, files: readonly string[], passes: readonly IngestOptions[], options: Options) {
  const records: IngestOutcome[] = [];
  for (const file of files)
    for (const pass of passes) {
      const ingest = (onProgress: OnProgress) => ingestFile(database, file, { ...pass, choice: tableChoice(options), onProgress });
      records.push(await withProgress(`${pass.kind} ${path.basename(file)}`, { ...options, unit: "bytes" }, ingest));
    }
  return records;
}

function replaceAll(database: Database, catalogue: string, files: readonly string[], passes: readonly IngestOptions[], options: Options) {
  return withProgress(`replace ${catalogue}`, { ...options, unit: "bytes" }, (onProgress) => {
    const delivery = files.flatMap((file) => passes.map((pass) => ({ file, options: { ...pass, onProgress } })));
    return replaceDelivery(database, catalogue, delivery);
  });
}

async function ingestAll(database: Database, dataDir: string, files: readonly string[], { passes, catalogue }: Passes, options: Options) {
  const rejects = { rejectsDir: path.join(dataDir, "rejects"), maxRejected: options.maxRejected };
  const each = passes.map((pass) => ({ ...pass, ...rejects }));
  const replaces = options.replace && catalogue !== null;
  const records = await (replaces ? replaceAll(database, catalogue, files, each, options) : ingestEach(database, files, each, options));
  const changed = records.reduce((sum, { inserted, updated, replaced }) => sum + inserted + updated + replaced, 0);
  // A server's autovacuum does so by itself; done here, it would take 1.8 s of 100,000 stars on PostgreSQL 15.
  if (database.engine === "embedded") await analyseAfter(database, changed, INGESTED_TABLES);
  return records;
}

function passesFor(kind: string, { release, mapping, replace }: Options): Passes {
  const read = mapping === undefined ? null : readMapping(mapping);
  if (replace && read === null)
    throw new AppError(
      "BAD_INPUT",
      "--replace replaces a catalogue, which a mapping names: give --mapping too. Stars are updated, never replaced.",
    );
  return { passes: passesOfKind(kind, release ?? null, read), catalogue: read?.catalogue.name ?? null };
}

export const defineIngest: DefineCommand = (program) => {
  const kinds = Object.entries(KINDS).map(([kind, description]) => `  ${kind.padEnd(14)}${description}`);
  defineTableChoice(program.command("ingest"))
    .description(
      "ingest catalogue files into the database: CSV, ECSV, VOTable, FITS or Parquet tables, plain, gzipped, or in a zip or tar archive",
    )
    .argument("<kind>", Object.keys(KINDS).join(", "))
    .argument("<file...>", "table files; each is ingested completely or not at all")
    .option("--release <release>", "Gaia data release of the source_ids (default: what the file says, else DR3)", parseRelease)
    .option("--mapping <mapping>", `a mapping file, or the name of one that ships: ${shippedMappings().join(", ")}`)
    .option("--max-rejected <n>", "fail a file if more of its rows are rejected", wholeNumber("--max-rejected", 0, 1e15), 1_000_000)
    .option("--replace", "replace everything of this kind that the catalogue holds by the files; if one of them fails, nothing changes")
    .option("--json", "print the records as JSON")
    .addHelpText(
      "after",
      `\nKinds:\n${kinds.join("\n")}\n\nExit status: 0 if every file was ingested; otherwise that of the first failure, or 2 if all rows of a file were rejected.`,
    )
    .action(async (kind: string, files: string[], options: Options) => {
      const passes = passesFor(kind, options);
      const records = await withDatabase(async (database, { dataDir }) => {
        await closeDeadRecords(database);
        return ingestAll(database, dataDir, files, passes, options);
      });
      report(records, options.json);
      process.exitCode = exitStatus(records);
    });
};
