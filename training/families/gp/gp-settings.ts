import type { Settings } from "../../fit/family";
import { wholeNumber } from "../../fit/settings";
import type { ChosenKernel } from "./hyperparameters";

export interface GpSettings {
  readonly exact: number;
  readonly inducing: number;
  readonly chosenOn: number;
  readonly steps: number;
  /** found by `choose`, never given by a study */
  readonly kernel: ChosenKernel | null;
}

export const GP_SETTINGS: Settings<GpSettings> = {
  exact: wholeNumber("most stars that the process is exact on; with more of them it is projected on inducing stars", [50, 5000], 2000),
  inducing: wholeNumber("inducing stars, drawn at random", [20, 3000], 900),
  chosenOn: wholeNumber("stars, drawn at random, on which the length scales are found", [50, 2000], 500),
  steps: wholeNumber("steps of the search for the length scales", [1, 200], 30),
  kernel: {
    description: "found by the family itself",
    standard: () => null,
    parse: (given) => given as ChosenKernel | null,
  },
};
