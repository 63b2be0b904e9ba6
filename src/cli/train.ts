import { mkdir } from "node:fs/promises";
import path from "node:path";
import { type Command, Option } from "commander";
import { BACKEND_NAMES } from "../../training/backends/backend";
import { describeFigures, writeFigures } from "../../training/evaluation/figures/write-figures";
import { renderTable } from "../../training/evaluation/table";
import type { TrainingReport, Watch } from "../../training/recipes/recipe";
import { RECIPE as RRL_GRU, trainRrlGru } from "../../training/recipes/rrl-gru";
import { RECIPE as RRL_LINEAR, type RrlLinearOptions, trainRrlLinear } from "../../training/recipes/rrl-linear";
import { RECIPE as RRL_LSTM, trainRrlLstm } from "../../training/recipes/rrl-lstm";
import { SEQUENCE_INPUTS, type SequenceOptions } from "../../training/recipes/rrl-sequences";
import { RECIPE as RRL_TRANSFORMER, trainRrlTransformer } from "../../training/recipes/rrl-transformer";
import { RECIPE as RRL_XGBOOST, type RrlXgboostOptions, trainRrlXgboost } from "../../training/recipes/rrl-xgboost";
import { RECIPE as SOS_MLP, type SosMlpOptions, trainSosMlp } from "../../training/recipes/sos-mlp";
import { RECIPE as SOS_SVR, type SosSvrOptions, trainSosSvr } from "../../training/recipes/sos-svr";
import type { Config } from "../config";
import type { Database } from "../database/database";
import { AppError, EXIT_STATUS } from "../errors";
import { ArtifactStore } from "../models/artifact-store";
import { type DefineCommand, print, withDatabase } from "./command";
import { progressBar } from "./progress";
import { wholeNumber } from "./whole-number";

/** What every recipe's command takes. */
interface Output {
  readonly figures?: string;
  readonly json?: boolean;
}

/** Aborts at the first SIGINT or SIGTERM, so that the best so far is kept; a second one ends the process at once. */
function abortOnSignal(): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const stop = () => {
    process.stderr.write("\nInterrupted: keeping the best so far. Once more to leave at once.\n");
    controller.abort();
    release();
  };
  const release = () => {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  return { signal: controller.signal, release };
}

function summary({ version, evaluations, repeatability, interrupted }: TrainingReport, figures: readonly string[]): object {
  const { manifest } = version;
  return {
    model: version.model,
    version: version.version,
    aliases: version.aliases,
    sha256: version.sha256,
    backend: manifest.backend,
    libraries: manifest.libraries,
    members: manifest.members,
    seed: manifest.seed,
    settings: manifest.settings,
    data: manifest.data,
    metric: manifest.metric,
    labels: evaluations,
    repeatability,
    interrupted,
    figures,
  };
}

function text({ version, evaluations, repeatability, notes = [] }: TrainingReport, figures: readonly string[]): string {
  const { manifest, aliases } = version;
  const { train, validation, test } = manifest.data.stars;
  const spread = (repeatability ?? []).map(
    ({ name, unit, trainings, meanAbsoluteDeviation, medianAbsoluteDeviation }) =>
      `Repeatability of ${name} over ${trainings} trainings: mean absolute deviation ${meanAbsoluteDeviation.toPrecision(3)} ${unit}, median ${medianAbsoluteDeviation.toPrecision(3)} ${unit}.`,
  );
  return [
    `${version.model}@${version.version}${aliases.length ? ` (${aliases.join(", ")})` : ""}, trained on ${manifest.data.source}${manifest.data.synthetic ? " (a synthetic sky)" : ""} by ${manifest.backend}:`,
    `${manifest.members} ${manifest.members === 1 ? "member" : "members"} a label; ${train} rows to fit, ${validation} to validate, ${test} to test.`,
    "",
    renderTable(evaluations),
    ...spread,
    ...(notes.length > 0 ? ["", ...notes, ""] : []),
    ...describeFigures(figures),
  ].join("\n");
}

/** Beside the artifact. */
const figuresFolder = ({ dataDir }: Config, { model, version }: TrainingReport["version"]) =>
  path.join(new ArtifactStore(dataDir).folder(model, version), "figures");

type Train = (database: Database, config: Config, watch: Watch) => Promise<TrainingReport>;

/** Makes the folder before the training, which may be long. */
async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((cause: Error) => {
    throw new AppError("BAD_INPUT", `--figures: the folder ${folder} cannot be made (${cause.message}). Name one that can be written.`, {
      cause,
    });
  });
}

async function trainAndPrint(recipe: string, train: Train, { figures, json }: Output): Promise<void> {
  if (figures !== undefined) await makeFolder(figures);
  const bar = progressBar(recipe, { json });
  const { signal, release } = abortOnSignal();
  const { report, kept } = await withDatabase(async (database, config) => {
    const trained = await train(database, config, { onProgress: bar.update, interrupt: signal });
    return { report: trained, kept: figuresFolder(config, trained.version) };
  }).finally(() => {
    bar.stop();
    release();
  });
  const title = `${report.version.model}@${report.version.version}`;
  const besideArtifact = await writeFigures(kept, report.predictions, title, report.figures);
  const files = figures === undefined ? besideArtifact : await writeFigures(figures, report.predictions, title, report.figures);
  print(summary(report, files), text(report, files), json);
  if (!report.interrupted) return;
  // No error is thrown: what --json prints is one document, and it says `interrupted`.
  process.stderr.write(`Interrupted: the best so far is registered as ${title}.\n`);
  process.exitCode = EXIT_STATUS.INTERRUPTED;
}

/** Options that every recipe's command has. */
function defineOutput(command: Command, recipe: string): Command {
  return command
    .option("--model <name>", `name to register under (${recipe})`)
    .option("--seed <n>", "repeats a training on the same backend (1)", wholeNumber("--seed", 0, 2 ** 31 - 1))
    .option("--figures <dir>", "draw the evaluation there too; it is drawn beside the artifact in any case")
    .option("--json", "print JSON");
}

/** Options of a recipe that trains on stars' stored values. */
function defineRecipe(train: Command, recipe: string, description: string): Command {
  return defineOutput(train.command(recipe), recipe)
    .description(description)
    .option("--data <path>", "a table of stars, or a folder of them; the catalogue when left out")
    .addOption(new Option("--sky <sky>", "which stars of the catalogue").choices(["real", "synthetic"]));
}

function defineSosMlp(train: Command): void {
  defineRecipe(train, SOS_MLP, "one network a label: Gaia's and other surveys' photometry to stellar parameters")
    .option("--members <n>", "networks a label (8)", wholeNumber("--members", 1, 100))
    .option("--repeat <n>", "trainings that differ by their seed alone; the first is registered (1)", wholeNumber("--repeat", 1, 1000))
    .option("--epochs <n>", "longest training", wholeNumber("--epochs", 1, 10_000))
    .option("--width <n>", "units a layer", wholeNumber("--width", 1, 4096))
    .option("--depth <n>", "layers", wholeNumber("--depth", 1, 20))
    .option("--batch-size <n>", "rows a step", wholeNumber("--batch-size", 2, 65_536))
    .addOption(new Option("--loss <loss>", "what is minimised").choices(["mse", "huber", "log-cosh", "gaussian-nll"]))
    .addOption(new Option("--backend <name>", "what computes; ASTERISM_BACKEND when left out").choices(["auto", ...BACKEND_NAMES]))
    .option("--threads <n>", "networks that are fitted at once; the cores there are when left out", wholeNumber("--threads", 1, 256))
    .action(({ figures, json, ...options }: SosMlpOptions & Output) => {
      const run: Train = (database, config, watch) => trainSosMlp(database, config.dataDir, { backend: config.backend, ...options }, watch);
      return trainAndPrint(SOS_MLP, run, { figures, json });
    });
}

function defineSosSvr(train: Command): void {
  defineRecipe(train, SOS_SVR, "the baseline: one support-vector regression a label, on a few thousand stars")
    .option("--stars <n>", "most stars a label is fitted on (3000); time grows with their square", wholeNumber("--stars", 100, 20_000))
    .action(({ figures, json, ...options }: SosSvrOptions & Output) => {
      const run: Train = (database, config, watch) => trainSosSvr(database, config.dataDir, options, watch);
      return trainAndPrint(SOS_SVR, run, { figures, json });
    });
}

type TrainSequences = (database: Database, dataDir: string, options: SequenceOptions, watch: Watch) => Promise<TrainingReport>;

function defineSequences(train: Command, recipe: string, network: string, trainSequences: TrainSequences): void {
  defineOutput(train.command(recipe), recipe)
    .description(`metallicities of RR Lyrae stars from their light curves, by ${network}`)
    .requiredOption("--data <folder>", "stars.csv and light_curves.csv.gz")
    .addOption(new Option("--input <how>", "light curves as observed (when left out), or smoothed and resampled").choices(SEQUENCE_INPUTS))
    .option("--folds <n>", "leave only so many of the folds out in turn", wholeNumber("--folds", 1, 100))
    .option("--repeats <n>", "networks a fold", wholeNumber("--repeats", 1, 100))
    .option("--epochs <n>", "length of a training", wholeNumber("--epochs", 1, 10_000))
    .option("--threads <n>", "networks that are fitted at once; the cores there are when left out", wholeNumber("--threads", 1, 256))
    .action(({ figures, json, ...options }: SequenceOptions & Output) => {
      const run: Train = (database, config, watch) => trainSequences(database, config.dataDir, options, watch);
      return trainAndPrint(recipe, run, { figures, json });
    });
}

const TERM_LIST = (text: string) => text.split(",").map((term) => term.trim());

function defineRrlLinear(train: Command): void {
  defineOutput(train.command(RRL_LINEAR), RRL_LINEAR)
    .description("metallicities of RR Lyrae stars by a Bayesian linear relation of period and Fourier parameters")
    .requiredOption(
      "--data <folder>",
      "light curves (stars.csv, light_curves.csv.gz), or tables of Fourier parameters and spectroscopic [Fe/H]",
    )
    .addOption(new Option("--type <type>", "pulsation mode (RRab)").choices(["RRab", "RRc"]))
    .option("--terms <list>", "terms between commas, as period,phi31,period*phi31; the band's own when left out", TERM_LIST)
    .addOption(new Option("--prior <prior>", "of the true values behind the measured ones").choices(["population", "uniform"]))
    .option("--chains <n>", "chains of the sampler (4)", wholeNumber("--chains", 1, 64))
    .option("--draws <n>", "draws a chain, after 1000 that tune it (1000)", wholeNumber("--draws", 100, 100_000))
    .action(({ figures, json, ...options }: RrlLinearOptions & Output) => {
      const run: Train = (database, config, watch) => trainRrlLinear(database, config.dataDir, options, watch);
      return trainAndPrint(RRL_LINEAR, run, { figures, json });
    });
}

function defineRrlXgboost(train: Command): void {
  defineOutput(train.command(RRL_XGBOOST), RRL_XGBOOST)
    .description("metallicities of RR Lyrae stars from their light curves, by boosted trees on Fourier parameters")
    .requiredOption("--data <folder>", "stars.csv and light_curves.csv.gz")
    .action(({ figures, json, ...options }: RrlXgboostOptions & Output) => {
      const run: Train = (database, config, watch) =>
        trainRrlXgboost(database, config.dataDir, { library: config.xgboostLibrary, ...options }, watch);
      return trainAndPrint(RRL_XGBOOST, run, { figures, json });
    });
}

export const defineTrain: DefineCommand = (program) => {
  const train = program.command("train").description("train a model by a recipe and register it");
  defineRrlLinear(train);
  defineSosMlp(train);
  defineSosSvr(train);
  defineRrlXgboost(train);
  defineSequences(train, RRL_GRU, "gated recurrent units", trainRrlGru);
  defineSequences(train, RRL_LSTM, "long short-term memory", trainRrlLstm);
  defineSequences(train, RRL_TRANSFORMER, "a transformer", trainRrlTransformer);
};
