import type { Settings } from "../../fit/family";
import { chosenNumber, realNumber, wholeNumber } from "../../fit/settings";

/** What a study may say of a support-vector regression; null: the family chooses. */
export interface SvrChoices {
  readonly gamma: number | null;
  readonly cost: number | null;
  readonly epsilon: number;
  readonly stars: number;
}

export const SVR_SETTINGS: Settings<SvrChoices> = {
  gamma: chosenNumber("of the kernel exp(-gamma |x - s|^2)", [1e-6, 100]),
  cost: chosenNumber("what an error beyond the tube costs: large follows the training stars closely", [1e-3, 1e6]),
  // About a third of the error that photometry leaves: narrower tubes keep more support vectors for nothing.
  epsilon: realNumber("half width of the tube within which an error costs nothing, in units of the label's scatter", [0, 2], 0.1),
  stars: wholeNumber("most stars that are fitted on, drawn at random: time grows with their square and more", [20, 20_000], 3000),
};

/** gamma times the number of inputs, from smooth to sharp. */
export const GAMMAS = [0.08, 0.27, 0.8];
export const COSTS = [1, 10, 100];
