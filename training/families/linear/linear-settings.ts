import type { Settings } from "../../fit/family";
import { oneOf, realNumber } from "../../fit/settings";

export interface LinearSettings {
  readonly terms: "linear" | "quadratic";
  readonly ridge: number;
}

export const LINEAR_SETTINGS: Settings<LinearSettings> = {
  terms: oneOf("whether products of two inputs are terms, besides the inputs", ["linear", "quadratic"], "quadratic"),
  ridge: realNumber("for classes: as if so many stars spoke against each term; for quantities the evidence finds it", [1e-6, 1e6], 1),
};
