import type { FeatureSet } from "../../src/features/feature-set";
import { relationInputs } from "../../src/features/light-curve/relation-inputs";
import { type PulsationType, WRAP_CENTRE } from "./spectrum";

/** The layout's name in a manifest. */
export const FOURIER_PARAMETERS = "fourier-parameters";

const FEATURE_SETS: Readonly<Record<PulsationType, string>> = { RRab: "rrl-relation-i", RRc: "rrl-relation-i-rrc" };

/** Inputs that a table of Fourier parameters holds as they are. The name carries band and type: a model refuses another's. */
export function calibratorFeatures(type: PulsationType): Pick<FeatureSet, "name" | "inputs"> {
  return { name: FEATURE_SETS[type], inputs: relationInputs(WRAP_CENTRE[type]) };
}

/** @returns the pulsation type that a feature set is of; null of one that no table of Fourier parameters holds */
export function typeOfFeatures(name: string): PulsationType | null {
  return (["RRab", "RRc"] as const).find((type) => FEATURE_SETS[type] === name) ?? null;
}
