import type { Settings } from "../../fit/family";
import { chosenNumber, wholeNumber } from "../../fit/settings";

/** null: the family chooses. */
export interface NearestSettings {
  readonly neighbours: number | null;
  readonly relevance: number | null;
  readonly stars: number;
}

export const NEAREST_SETTINGS: Settings<NearestSettings> = {
  neighbours: chosenNumber("how many of the nearest stars answer", [1, 200]),
  relevance: chosenNumber("how much more an input counts that a linear relation makes use of: 0 not at all, 1 in proportion", [0, 2]),
  stars: wholeNumber("most stars that are kept, drawn at random", [20, 30_000], 10_000),
};

export const NEIGHBOURS = [4, 8, 16, 32];
export const RELEVANCES = [0, 0.5, 1];
