import type { RecipeOption } from "../recipe";

/** Folds of stars.csv that a training leaves out of everything. */
export const WITHOUT_FOLDS: RecipeOption = {
  flags: "--without-folds <list>",
  description: "cv_folds to leave out of everything, separated by commas, for `evaluate --only-folds` to judge by",
  read: { kind: "wholes", min: 0, max: 99 },
};

/** A folder of light curves. */
export const LIGHT_CURVES: RecipeOption = {
  flags: "--data <folder>",
  description: "stars.csv and light_curves.csv.gz",
  read: { kind: "text" },
  required: true,
};
