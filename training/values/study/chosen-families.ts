import { availableParallelism } from "node:os";
import { AppError } from "../../../src/errors";
import { familyNamed } from "../../families/families";
import type { Family, FamilyContext, Settings } from "../../fit/family";
import type { OpenFamily } from "../../fit/fit-target";
import type { ChosenFamily, Study } from "./study";

/** @throws AppError BAD_INPUT naming the setting, what it takes and what came */
function settingsOf<Of extends object>({ name, settings }: Family<Of>, given: ChosenFamily["settings"], rows: number): Of {
  const known = settings as Settings<Record<string, unknown>>;
  const unknown = Object.keys(given).find((setting) => !Object.hasOwn(known, setting));
  if (unknown !== undefined) {
    const all = Object.entries(known).map(([setting, { description }]) => `${setting} (${description})`);
    throw new AppError("BAD_INPUT", `The family ${name} has no setting '${unknown}'. It has: ${all.join(", ") || "none"}.`);
  }
  const read = Object.entries(known).map(([setting, { parse, standard }]) => {
    const value = given[setting];
    return [setting, value === undefined || value === null ? standard(rows) : parse(value)] as const;
  });
  return Object.fromEntries(read) as Of;
}

/** Checks the families that a study names, and their settings. @param rows stars to learn from */
export function chosenFamilies(study: Study, rows: number): { readonly family: Family; readonly settings: object }[] {
  return study.families.map((chosen) => {
    const family = familyNamed(chosen.name);
    return { family, settings: settingsOf(family, chosen.settings, rows) };
  });
}

/**
 * Opens the families that a study names.
 *
 * @throws AppError NOT_FOUND or BAD_INPUT for a family or setting that there is not, BACKEND_UNAVAILABLE
 */
export async function openFamilies(study: Study, rows: number, given: Partial<FamilyContext>): Promise<OpenFamily[]> {
  const context: FamilyContext = { backend: "auto", threads: availableParallelism(), xgboostLibrary: null, ...given };
  const open: OpenFamily[] = [];
  for (const { family, settings } of chosenFamilies(study, rows)) open.push({ family, settings, fitter: await family.open(context) });
  return open;
}
