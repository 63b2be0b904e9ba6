import type { Settings } from "../../fit/family";
import { realNumber, wholeNumber } from "../../fit/settings";

export interface XgboostSettings {
  readonly depth: number;
  readonly learningRate: number;
  readonly rounds: number;
  readonly patience: number;
  readonly subsample: number;
  readonly columns: number;
  readonly leaf: number;
  readonly lambda: number;
}

const SOME = 10_000;
const MANY = 50_000;

export const XGBOOST_SETTINGS: Settings<XgboostSettings> = {
  depth: wholeNumber("questions that a tree asks one after another", [1, 16], (rows) => (rows > MANY ? 8 : rows > SOME ? 6 : 4)),
  learningRate: realNumber("share of each tree that is believed", [0.001, 1], 0.08),
  rounds: wholeNumber("trees at most, one after another", [1, 20_000], 1000),
  patience: wholeNumber("rounds without a better validation score after which the fit ends", [1, 10_000], 50),
  subsample: realNumber("share of the stars that each tree sees", [0.05, 1], 0.8),
  columns: realNumber("share of the inputs that each tree sees", [0.05, 1], 0.7),
  leaf: realNumber("fewest stars in a leaf (of classes: their summed p (1 - p))", [0, 10_000], 3),
  lambda: realNumber("shrinks the leaves, as if so many more stars of a leaf had no residual", [0, 10_000], 2),
};
