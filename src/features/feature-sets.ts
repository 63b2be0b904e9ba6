import { AppError } from "../errors";
import type { FeatureSet } from "./feature-set";
import { raveApogeeFeatures } from "./rave-apogee";
import { sosFeatures } from "./sos";

const FEATURE_SETS: readonly FeatureSet[] = [sosFeatures, raveApogeeFeatures];

/**
 * @returns the feature set that carries the name, as a manifest keeps it
 * @throws AppError NOT_FOUND naming those there are
 */
export function featureSet(name: string): FeatureSet {
  const found = FEATURE_SETS.find((one) => one.name === name);
  if (found) return found;
  const known = FEATURE_SETS.map((one) => one.name).join(", ");
  throw new AppError("NOT_FOUND", `No feature set is called '${name}'. There are: ${known}.`);
}
