import { type ExportSummary, exportToFile } from "../catalogue/export/export-file";
import type { Config } from "../config";
import type { Database } from "../database/database";
import { Registry } from "../models/registry/registry";
import { originToday } from "../server/bulk/origin";
import { type ExportParameters, exportRequest } from "../server/export/parameters";
import { type DefineCommand, EXISTING, note, print, withDatabase } from "./command";
import { outputFormat } from "./output-format";
import { progressBar } from "./progress";

interface Options extends Omit<ExportParameters, "unmatched" | "probabilities"> {
  readonly probabilities?: boolean;
  readonly unmatched?: boolean;
  readonly catalogue?: string;
  readonly output: string;
  readonly resume?: boolean;
  readonly json?: boolean;
}

const HELP = `
<what>: stars, labels, predictions or predicted-stars (with --model), photometry, crossmatches, variability or light-curves; rows are ordered by source_id.
objects: a catalogue's own objects (--catalogue), whether or not a star is known for them, by their identifiers; --unmatched: only those without.
The file appears whole or not at all. Where it breaks off, csv and ndjson leave FILE.partial; the same command with
--resume goes on there; other formats start again. Only one process at a time may write a file.`;

async function run(
  what: string,
  { output, resume, json, unmatched, probabilities, catalogue, ...parameters }: Options,
): Promise<ExportSummary> {
  const exportAll = async (database: Database, config: Config) => {
    const { request, format } = await exportRequest(new Registry(database, config.dataDir), what, {
      ...parameters,
      ...(catalogue !== undefined && { survey: catalogue }),
      ...(unmatched && { unmatched: "true" }),
      ...(probabilities && { probabilities: "true" }),
      format: parameters.format ?? outputFormat(output),
    });
    const bar = progressBar(`export ${what}`, { json });
    try {
      return await exportToFile(database, request, format, output, { resume, origin: originToday(), onProgress: bar.update, onNote: note });
    } finally {
      bar.stop();
    }
  };
  return withDatabase(exportAll, EXISTING);
}

const describe = ({ file, stars, bytes, resumedAfter }: ExportSummary, what: string) =>
  `${file}: ${stars} ${what === "objects" ? "objects" : "stars"}, ${(bytes / 1e6).toFixed(1)} MB${resumedAfter === null ? "" : `, resumed behind ${resumedAfter}`}`;

export const defineExport: DefineCommand = (program) => {
  program
    .command("export <what>")
    .description("write a table of the catalogue to a file: csv, ndjson, votable, parquet or arrow")
    .requiredOption("--output <file>", "file to write; replaced where it is there")
    .option("--format <format>", "csv, ndjson, votable, parquet or arrow (default: by the output's name)")
    .option("--filter <json>", 'stars to take, as the API\'s StarFilter: {"photGMeanMag":{"max":12}}')
    .option("--release <release>", "Gaia data release (default DR3)")
    .option("--survey <name>", "labels, photometry or cross-matches of one catalogue")
    .option("--catalogue <name>", "the same as --survey")
    .option("--unmatched", "objects that no star is known for")
    .option("--labels <names>", "columns of these labels alone, with commas: teff,mgFe,aLi, or a survey's own")
    .option("--probabilities", "predicted-stars: the probability of every class too")
    .option("--model <model>", "predictions of NAME, NAME@alias or NAME@VERSION")
    .option("--after <sourceId>", "begin behind this source_id")
    .option("--resume", "go on with what the last run left (csv, ndjson)")
    .option("--json", "print a summary as JSON")
    .addHelpText("after", HELP)
    .action(async (what: string, options: Options) => {
      const summary = await run(what, options);
      print(summary, describe(summary, what), options.json);
    });
};
