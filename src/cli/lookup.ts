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

interface Options extends LookupParameters, TableChoice {
  readonly output: string;
  readonly json?: boolean;
}

const HELP = `
<file>: CSV (also a bare list of ids), ECSV, VOTable, FITS or Parquet, also gzipped or in a zip or tar archive; up to a million rows.
The output has a row an id, in the file's order: the star, what the surveys say of it and what is predicted for it.
It appears whole or not at all.`;

async function run(input: string, { output, json, table, acceptOverflow, ...parameters }: Options): Promise<LookupSummary> {
  const lookUp = async (database: Database, config: Config) => {
    const registry = new Registry(database, config.dataDir);
    const { request, format } = await lookupRequest(registry, { ...parameters, format: parameters.format ?? outputFormat(output) });
    return withProgress("lookup", { json }, (onProgress) =>
      lookupToFile(database, input, request, format, output, {
        column: parameters.column,
        table,
        acceptOverflow,
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
    .requiredOption("--output <file>", "file to write; replaced where it is there")
    .option("--format <format>", "csv, ndjson, votable, parquet or arrow (default: by the output's name)")
    .option("--column <name>", "column of the file that holds the ids (default source_id, or the only one)")
    .option("--columns <names>", "columns of the answer, with commas: their names, or stars, labels, predictions, probabilities, vectors")
    .option("--release <release>", "Gaia data release of the ids (default DR3)")
    .option("--model <models>", "NAME, NAME@alias or NAME@VERSION, with commas (default: every model's champion)")
    .option("--json", "print a summary as JSON")
    .addHelpText("after", HELP)
    .action(async (input: string, options: Options) => {
      const summary = await run(input, options);
      print(summary, describe(summary), options.json);
    });
};
