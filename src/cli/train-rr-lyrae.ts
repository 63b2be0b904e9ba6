import { type Command, Option } from "commander";
import { RECIPE as RRL_XGBOOST, type RrlXgboostOptions, trainRrlXgboost } from "../../training/families/boosting/rrl-xgboost";
import { RECIPE as RRL_LINEAR, type RrlLinearOptions, trainRrlLinear } from "../../training/families/relation/rrl-linear";
import { RECIPE as RRL_GRU, trainRrlGru } from "../../training/families/sequences/rrl-gru";
import { RECIPE as RRL_LSTM, trainRrlLstm } from "../../training/families/sequences/rrl-lstm";
import { SEQUENCE_INPUTS, type SequenceOptions } from "../../training/families/sequences/rrl-sequences";
import { RECIPE as RRL_TRANSFORMER, trainRrlTransformer } from "../../training/families/sequences/rrl-transformer";
import type { TrainingReport, Watch } from "../../training/recipe";
import type { Database } from "../database/database";
import { defineOutput, type Output, type Train, trainAndPrint } from "./train-and-print";
import { wholeNumber, wholeNumbers } from "./whole-number";

type TrainSequences = (database: Database, dataDir: string, options: SequenceOptions, watch: Watch) => Promise<TrainingReport>;

/** Options of every RR Lyrae recipe. */
function defineRecipe(train: Command, recipe: string): Command {
  return defineOutput(train.command(recipe), recipe).option(
    "--without-folds <list>",
    "cv_folds to leave out of everything, separated by commas, for `evaluate --only-folds` to judge by",
    wholeNumbers("--without-folds", 0, 99),
  );
}

function defineSequences(train: Command, recipe: string, network: string, trainSequences: TrainSequences): void {
  defineRecipe(train, recipe)
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
  defineRecipe(train, RRL_LINEAR)
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
  defineRecipe(train, RRL_XGBOOST)
    .description("metallicities of RR Lyrae stars from their light curves, by boosted trees on Fourier parameters")
    .requiredOption("--data <folder>", "stars.csv and light_curves.csv.gz")
    .action(({ figures, json, ...options }: RrlXgboostOptions & Output) => {
      const run: Train = (database, config, watch) =>
        trainRrlXgboost(database, config.dataDir, { library: config.xgboostLibrary, ...options }, watch);
      return trainAndPrint(RRL_XGBOOST, run, { figures, json });
    });
}

/** The recipes that learn metallicities of RR Lyrae stars. */
export function defineRrLyrae(train: Command): void {
  defineRrlLinear(train);
  defineRrlXgboost(train);
  defineSequences(train, RRL_GRU, "gated recurrent units", trainRrlGru);
  defineSequences(train, RRL_LSTM, "long short-term memory", trainRrlLstm);
  defineSequences(train, RRL_TRANSFORMER, "a transformer", trainRrlTransformer);
}
