import type { Settings } from "../../fit/family";
import { realNumber, wholeNumber } from "../../fit/settings";

export interface ForestSettings {
  readonly trees: number;
  readonly depth: number;
  readonly subsample: number;
  readonly columns: number;
  readonly leaf: number;
}

export const FOREST_SETTINGS: Settings<ForestSettings> = {
  trees: wholeNumber("trees side by side", [1, 1000], 60),
  depth: wholeNumber("questions that a tree asks one after another, at most", [1, 16], 14),
  subsample: realNumber("share of the stars that each tree sees", [0.05, 1], 0.63),
  columns: realNumber("share of the inputs that each split may ask for", [0.05, 1], 0.5),
  // More leaves than some hundred a tree make a file of tens of megabytes, with a forest for each set of missing inputs.
  leaf: realNumber("fewest stars in a leaf", [1, 10_000], (rows) => Math.max(3, Math.ceil(rows / 1000))),
};
