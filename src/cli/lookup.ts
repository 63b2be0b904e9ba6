import { type LookupSummary, lookupToFile } from "../catalogue/lookup/lookup-file";
import type { Config } from "../config";
import type { Database } from "../database/database";
import type { TableChoice } from "../formats/open-table";
import { Registry } from "../models/registry/registry";
import { originToday } from "../server/bulk/origin";
import { type LookupParameters, lookupRequest } from "../server/lookup/parameters";
import { type DefineCommand, EXISTING, note, print, withDatabase } from "./command";
import { outputFormat } from "./output-format";
import { withProgress } from "./progress";
import { defineTableChoice } from "./table-choice";

interface Options extends Omit<LookupParameters, "about">, TableChoice {
  readonly about?: string;
  readonly output: string;
  readonly json?: boolean;
}

const HELP = `
<file>: CSV (also a bare list of ids), ECSV, VOTable, FITS or Parquet, also gzipped or in a zip or tar archive; up to a million rows.
The output has one row for each id, in the file's order: the star, its labels from surveys, and its predicted labels.
It appears complete or not at all.`;

async function run(input: string, { output, json, about, table, acceptOverflow, ...parameters }: Options): Promise<LookupSummary> {
  const lookUp = async (database: Database, config: Config) => {
    const registry = new Registry(database, config.dataDir);
    const { request, format } = await lookupRequest(registry, { ...parameters, format: parameters.format ?? outputFormat(output) });
    return withProgress("lookup", { json }, (onProgress) =>
      lookupToFile(database, input, request, format, output, {
        column: parameters.column,
        table,
        acceptOverflow,
        about,
        origin: originToday(),
        onProgress,
        onNote: note,
      }),
    );
  };
  return withDatabase(lookUp, EXISTING);
}

const describe = ({ file, rows, bytes }: LookupSummary) => `${file}: ${rows} rows, ${(bytes / 1e6).toFixed(1)} MB`;

export const defineLookup: DefineCommand = (program) => {
  defineTableChoice(program.command("lookup <file>"))
    .description("look up the stars of a file of source_ids: their rows, survey labels and predicted labels")
    .requiredOption("--output <file>", "file to write; an existing one is replaced")
    .option("--format <format>", "csv, ecsv, ndjson, votable, parquet or arrow (default: by the output's name)")
    .option("--column <name>", "column that holds the ids (default: source_id, or the only column)")
    .option(
      "--columns <names>",
      "columns of the output, separated by commas: their names, or stars, labels, predictions, probabilities, vectors",
    )
    .option("--release <release>", "Gaia data release of the ids (default DR3)")
    .option("--model <models>", "NAME, NAME@alias or NAME@VERSION, separated by commas (default: every model's champion)")
    .option("--about <file>", "JSON to write beside it: each column's unit and meaning, release, model, sources, what to cite")
    .option("--json", "print a summary as JSON")
    .addHelpText("after", HELP)
    .action(async (input: string, options: Options) => {
      const summary = await run(input, options);
      print(summary, describe(summary), options.json);
    });
};
