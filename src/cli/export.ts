import { type ExportSummary, exportToFile } from "../catalogue/export/export-file";
import type { Config } from "../config";
import type { Database } from "../database/database";
import { Registry } from "../models/registry/registry";
import { originToday } from "../server/bulk/origin";
import { type ExportParameters, exportRequest } from "../server/export/parameters";
import { type DefineCommand, EXISTING, note, print, withDatabase } from "./command";
import { outputFormat } from "./output-format";
import { progressBar } from "./progress";

interface Options extends Omit<ExportParameters, "unmatched" | "probabilities" | "about"> {
  readonly about?: string;
  readonly probabilities?: boolean;
  readonly unmatched?: boolean;
  readonly catalogue?: string;
  readonly output: string;
  readonly resume?: boolean;
  readonly json?: boolean;
}

const HELP = `
<what>: stars, labels, predictions or predicted-stars (with --model), photometry, crossmatches, variability or light-curves; rows are ordered by source_id.
objects: the objects of one catalogue (--catalogue), ordered by identifier, whether or not their star is known; --unmatched: only those without a star.
The file appears complete or not at all. An interrupted export to csv, ecsv or ndjson leaves FILE.partial, and the same command with
--resume continues it; other formats start again. Only one process at a time may write a file.`;

async function run(
  what: string,
  { output, resume, json, about, unmatched, probabilities, catalogue, ...parameters }: Options,
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
      return await exportToFile(database, request, format, output, {
        resume,
        about,
        origin: originToday(),
        onProgress: bar.update,
        onNote: note,
      });
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
    .description("write a table of the catalogue to a file: csv, ecsv, ndjson, votable, parquet or arrow")
    .requiredOption("--output <file>", "file to write; an existing one is replaced")
    .option("--format <format>", "csv, ecsv, ndjson, votable, parquet or arrow (default: by the output's name)")
    .option("--filter <json>", 'only stars that pass this filter, the API\'s StarFilter: {"photGMeanMag":{"max":12}}')
    .option("--release <release>", "Gaia data release (default DR3)")
    .option("--survey <name>", "only the labels, photometry or cross-matches of this catalogue")
    .option("--catalogue <name>", "the same as --survey")
    .option("--unmatched", "only objects without a known star")
    .option("--labels <names>", "only the columns of these labels, separated by commas: teff,mgFe,aLi, or a survey's own")
    .option("--probabilities", "for predicted-stars: also the probability of every class")
    .option("--model <model>", "whose predictions: NAME, NAME@alias or NAME@VERSION")
    .option("--after <sourceId>", "begin after this source_id")
    .option("--resume", "continue the unfinished file of the last run (csv, ecsv, ndjson)")
    .option("--about <file>", "JSON to write beside it: each column's unit and meaning, release, model, sources, what to cite")
    .option("--json", "print a summary as JSON")
    .addHelpText("after", HELP)
    .action(async (what: string, options: Options) => {
      const summary = await run(what, options);
      print(summary, describe(summary, what), options.json);
    });
};
