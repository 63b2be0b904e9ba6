import { availableParallelism } from "node:os";
import { familyNamed } from "../../families/families";
import type { FamilyContext } from "../../fit/family";
import { type OpenFamilies, openFamilies, type WantedFamily } from "../../fit/open-families";
import { parseSettings } from "../../fit/settings";
import type { Study } from "./study";

const wantedFamilies = (study: Study): WantedFamily[] =>
  study.families.map(({ name, settings }) => ({ family: familyNamed(name), settings }));

/**
 * Checks the families that a study names, and their settings, without opening them.
 *
 * @param rows stars to learn from
 * @throws AppError BAD_INPUT for a family or setting that there is not
 */
export function checkFamilies(study: Study, rows: number): { readonly name: string; readonly settings: object }[] {
  return wantedFamilies(study).map(({ family, settings }) => ({ name: family.name, settings: parseSettings(family, settings, rows) }));
}

/** Opens the families that a study names. @throws AppError BAD_INPUT as checkFamilies does, BACKEND_UNAVAILABLE */
export function openChosenFamilies(study: Study, rows: number, given: Partial<FamilyContext>): Promise<OpenFamilies> {
  return openFamilies(wantedFamilies(study), rows, { backend: "auto", threads: availableParallelism(), xgboostLibrary: null, ...given });
}
