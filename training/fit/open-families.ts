import type { Family, FamilyContext } from "./family";
import type { OpenFamily } from "./fit-plan";
import { parseSettings } from "./settings";

/** A family as a study asks for it. */
export interface WantedFamily {
  readonly family: Family;
  /** by their names; what is left out is standard */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Families with their libraries loaded and their threads running, to be closed when all targets are fitted. */
export interface OpenFamilies {
  readonly families: readonly OpenFamily[];
  close(): Promise<void>;
}

/**
 * @param rows that will be fitted on: standard settings depend on it
 * @throws AppError BAD_INPUT for settings that a family does not take, BACKEND_UNAVAILABLE where a library is missing
 */
export async function openFamilies(wanted: readonly WantedFamily[], rows: number, context: FamilyContext): Promise<OpenFamilies> {
  const settings = wanted.map((one) => parseSettings(one.family, one.settings, rows));
  const families: OpenFamily[] = [];
  const close = async () => {
    await Promise.all(families.map(({ fitter }) => fitter.close()));
  };
  try {
    for (const [index, { family }] of wanted.entries())
      families.push({ family, fitter: await family.open(context), settings: settings[index]! });
  } catch (error) {
    await close();
    throw error;
  }
  return { families, close };
}
