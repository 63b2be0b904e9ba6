import { WITHOUT_FOLDS } from "../../light-curves/recipe-options";
import type { Recipe } from "../../recipe";
import type { RrlLinearOptions } from "./rrl-linear";

export const RELATION_RECIPES: readonly Recipe[] = [
  {
    name: "rrl-linear",
    summary: "metallicities of RR Lyrae stars by a Bayesian linear relation of period and Fourier parameters",
    options: [
      {
        flags: "--data <folder>",
        description: "light curves (stars.csv, light_curves.csv.gz), or tables of Fourier parameters and spectroscopic [Fe/H]",
        read: { kind: "text" },
        required: true,
      },
      WITHOUT_FOLDS,
      { flags: "--type <type>", description: "pulsation mode (default: RRab)", read: { kind: "choice", of: ["RRab", "RRc"] } },
      {
        flags: "--terms <list>",
        description: "terms separated by commas, such as period,phi31,period*phi31 (default: those of the band)",
        read: { kind: "texts" },
      },
      {
        flags: "--prior <prior>",
        description: "prior of the true values behind the measured ones",
        read: { kind: "choice", of: ["population", "uniform"] },
      },
      { flags: "--chains <n>", description: "chains of the sampler (default: 4)", read: { kind: "whole", min: 1, max: 64 } },
      {
        flags: "--draws <n>",
        description: "draws in each chain, after 1000 that tune it (default: 1000)",
        read: { kind: "whole", min: 100, max: 100_000 },
      },
    ],
    async train({ database, config, options, watch }) {
      const { trainRrlLinear } = await import("./rrl-linear.js");
      return trainRrlLinear(database, config.dataDir, options as unknown as RrlLinearOptions, watch);
    },
  },
];
