import { EPOCHS, LIGHT_CURVES, REPEATS, THREADS, WITHOUT_FOLDS } from "../light-curves/recipe-options";
import type { Recipe } from "../recipe";
import type { RrlStackOptions } from "./rrl-stack/rrl-stack";

export const STACK_RECIPES: readonly Recipe[] = [
  {
    name: "rrl-stack",
    summary: "metallicities of RR Lyrae stars from their light curves, by a Gaussian process and networks together",
    options: [
      LIGHT_CURVES,
      WITHOUT_FOLDS,
      {
        flags: "--members <list>",
        description: "what is combined: some of gp, gru and xgboost (default: gp,gru)",
        read: { kind: "texts" },
      },
      REPEATS,
      EPOCHS,
      THREADS,
    ],
    async train({ database, config, options, watch }) {
      const { trainRrlStack } = await import("./rrl-stack/rrl-stack.js");
      const chosen = options as unknown as RrlStackOptions;
      return trainRrlStack(database, config.dataDir, { library: config.xgboostLibrary, ...chosen }, watch);
    },
  },
];
