import { LIGHT_CURVES, WITHOUT_FOLDS } from "../../light-curves/recipe-options";
import type { Recipe } from "../../recipe";
import type { RrlXgboostOptions } from "./rrl-xgboost";

export const BOOSTING_RECIPES: readonly Recipe[] = [
  {
    name: "rrl-xgboost",
    summary: "metallicities of RR Lyrae stars from their light curves, by boosted trees on Fourier parameters",
    options: [LIGHT_CURVES, WITHOUT_FOLDS],
    async train({ database, config, options, watch }) {
      const { trainRrlXgboost } = await import("./rrl-xgboost.js");
      const chosen = options as unknown as RrlXgboostOptions;
      return trainRrlXgboost(database, config.dataDir, { library: config.xgboostLibrary, ...chosen }, watch);
    },
  },
];
