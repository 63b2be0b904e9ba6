import { AppError } from "../errors";
import type { FeatureSet, Input } from "./feature-set";
import { raveApogeeFeatures } from "./rave-apogee";
import { sosFeatures } from "./sos";

export const FEATURE_SETS: readonly FeatureSet[] = [sosFeatures, raveApogeeFeatures];

/**
 * @returns the feature set of that name
 * @throws AppError NOT_FOUND listing the existing ones
 */
export function featureSet(name: string): FeatureSet {
  const found = FEATURE_SETS.find((one) => one.name === name);
  if (found) return found;
  const known = FEATURE_SETS.map((one) => one.name).join(", ");
  throw new AppError("NOT_FOUND", `No feature set is called '${name}'. There are: ${known}.`);
}

/** @returns the inputs' names and units, in order: for a model, inputs with the same description are the same inputs */
export function describeInputs(inputs: readonly Input[]): string {
  return inputs.map(({ name, unit }) => `${name} [${unit}]`).join(", ");
}
