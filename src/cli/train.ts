import { type Command, Option } from "commander";
import { RECIPE as SOS_MLP, type SosMlpOptions, trainSosMlp } from "../../training/families/mlp/sos-mlp";
import { RECIPE as SOS_SVR, type SosSvrOptions, trainSosSvr } from "../../training/families/svr/sos-svr";
import { BACKEND_NAMES } from "../../training/tensorflow/backend";
import type { DefineCommand } from "./command";
import { defineTableChoice } from "./table-choice";
import { defineOutput, type Output, type Train, trainAndPrint } from "./train-and-print";
import { defineRrLyrae } from "./train-rr-lyrae";
import { wholeNumber } from "./whole-number";

/** Options of a recipe that trains on stars' stored values. */
function defineRecipe(train: Command, recipe: string, description: string): Command {
  return defineTableChoice(defineOutput(train.command(recipe), recipe))
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

export const defineTrain: DefineCommand = (program) => {
  const train = program.command("train").description("train a model by a recipe and register it");
  defineSosMlp(train);
  defineSosSvr(train);
  defineRrLyrae(train);
};
