import type { PredictionSummary } from "../../training/files/prediction-summary";
import { predictFile } from "../../training/predict/predict-file";
import type { TableChoice } from "../formats/open-table";
import { originToday } from "../server/bulk/origin";
import { type DefineCommand, print } from "./command";
import { requireCsvName } from "./output-format";
import { withProgress } from "./progress";
import { defineTableChoice, tableChoice } from "./table-choice";
import { withPredictor } from "./with-predictor";

interface Options extends TableChoice {
  readonly input: string;
  readonly output: string;
  readonly figure?: string;
  readonly about?: string;
  readonly json?: boolean;
}

const HELP = `
<model>: NAME (its champion), NAME@champion, NAME@challenger or NAME@VERSION.
The input has the layout of the table that the model was trained on; labels are not needed. For a model that was
trained on the catalogue: a column source_id, and the inputs under the catalogue's names, such as phot_bp_mean_mag.
For a model of light curves: a folder with stars.csv (gaia_dr2_source_id, period_d) and light_curves.csv.gz
(gaia_dr2_source_id, phase or time_d, phot_g_mag). Where the period is empty and there are times, it is searched for.
If stars.csv has the extinction a_g_mag, the output has distances.
For a model of Fourier parameters in the I band: .dat tables like those that it was trained on.
The output is CSV: the id, each label with its standard error, flags, and the inputs to which the flags refer.`;

async function run(reference: string, { input, output, figure, about, json, ...choice }: Options): Promise<PredictionSummary> {
  requireCsvName(output);
  const head = about === undefined ? {} : { about: { file: about, origin: originToday() } };
  const files = { input, output, figure, ...head, choice: tableChoice(choice) };
  return withPredictor(reference, ({ predictor, version }) =>
    withProgress(`predict ${version.model}@${version.version}`, { json }, (onProgress) =>
      predictFile(predictor, version, files, onProgress),
    ),
  );
}

const describe = ({ model, version, output, stars, unpredicted, inputMissing, inputOutsideLimits }: PredictionSummary) =>
  `${output}: ${stars} stars by ${model}@${version}; ${inputMissing} with an input missing, ${inputOutsideLimits} with one outside the training limits, ${unpredicted} without an answer.`;

export const definePredict: DefineCommand = (program) => {
  defineTableChoice(program.command("predict <model>"))
    .description("predict labels for a table of stars")
    .requiredOption("--input <dir or file>", "CSV, ECSV, VOTable, FITS or Parquet; also gzipped, or in a zip or tar archive")
    .requiredOption("--output <file>", "CSV file to write; an existing one is replaced")
    .option("--figure <file>", "SVG file to draw, of the first 24 light curves with their predictions")
    .option("--about <file>", "JSON to write beside it: each column's unit and meaning, the model and what it was trained on")
    .option("--json", "print a summary as JSON")
    .addHelpText("after", HELP)
    .action(async (reference: string, options: Options) => {
      const summary = await run(reference, options);
      print(summary, describe(summary), options.json);
    });
};
