import { EPOCHS, LIGHT_CURVES, REPEATS, THREADS, WITHOUT_FOLDS } from "../../light-curves/recipe-options";
import type { Recipe, RecipeOption, RecipeRun, TrainingReport } from "../../recipe";
import type { SequenceOptions } from "./rrl-sequences";

const OPTIONS: readonly RecipeOption[] = [
  LIGHT_CURVES,
  WITHOUT_FOLDS,
  {
    flags: "--input <how>",
    description: "light curves as observed (the default), or smoothed and resampled",
    read: { kind: "choice", of: ["observed", "resampled"] },
  },
  {
    flags: "--folds <n>",
    description: "leave out only so many of the folds, one after the other",
    read: { kind: "whole", min: 1, max: 100 },
  },
  REPEATS,
  EPOCHS,
  THREADS,
];

type Train = (
  database: RecipeRun["database"],
  dataDir: string,
  options: SequenceOptions,
  watch?: RecipeRun["watch"],
) => Promise<TrainingReport>;

const recipe = (name: string, network: string, load: () => Promise<Train>): Recipe => ({
  name,
  summary: `metallicities of RR Lyrae stars from their light curves, by ${network}`,
  options: OPTIONS,
  // The command line has checked the options by their descriptions above.
  train: async ({ database, config, options, watch }) =>
    (await load())(database, config.dataDir, options as unknown as SequenceOptions, watch),
});

export const SEQUENCE_RECIPES: readonly Recipe[] = [
  recipe("rrl-gru", "gated recurrent units", async () => (await import("./rrl-gru.js")).trainRrlGru),
  recipe("rrl-lstm", "long short-term memory", async () => (await import("./rrl-lstm.js")).trainRrlLstm),
  recipe("rrl-transformer", "a transformer", async () => (await import("./rrl-transformer.js")).trainRrlTransformer),
];
