import type { RecipeOption } from "../recipe";

/** Folds of stars.csv that a training leaves out of everything. */
export const WITHOUT_FOLDS: RecipeOption = {
  flags: "--without-folds <list>",
  description:
    "cv_folds to keep out of the training altogether, separated by commas; `evaluate --only-folds` then judges the model by them",
  read: { kind: "wholes", min: 0, max: 99 },
};

/** A folder of light curves. */
export const LIGHT_CURVES: RecipeOption = {
  flags: "--data <folder>",
  description: "stars.csv and light_curves.csv.gz",
  read: { kind: "text" },
  required: true,
};

export const REPEATS: RecipeOption = {
  flags: "--repeats <n>",
  description: "networks in each fold",
  read: { kind: "whole", min: 1, max: 100 },
};

export const EPOCHS: RecipeOption = {
  flags: "--epochs <n>",
  description: "length of a network's training",
  read: { kind: "whole", min: 1, max: 10_000 },
};

export const THREADS: RecipeOption = {
  flags: "--threads <n>",
  description: "fits that run at once (default: one for each core)",
  read: { kind: "whole", min: 1, max: 256 },
};
