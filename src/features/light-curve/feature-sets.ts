import { AppError } from "../../errors";
import type { LightCurveFeatureSet } from "./light-curve";
import { rrlFourierFeatures } from "./rrl-fourier";
import { rrlRelationFeatures } from "./rrl-relation";
import { rrlShapeFeatures } from "./rrl-shape";
import { rrlPointsFeatures } from "./sequence/rrl-points";
import { rrlResampledFeatures } from "./sequence/rrl-resampled";
import { rrlShapeAndPointsFeatures } from "./sequence/rrl-shape-and-points";

export const LIGHT_CURVE_FEATURE_SETS: readonly LightCurveFeatureSet[] = [
  rrlFourierFeatures,
  rrlRelationFeatures,
  rrlShapeFeatures,
  rrlPointsFeatures,
  rrlResampledFeatures,
  rrlShapeAndPointsFeatures,
];

/**
 * @returns the light-curve feature set of that name
 * @throws AppError NOT_FOUND listing the existing ones
 */
export function lightCurveFeatureSet(name: string): LightCurveFeatureSet {
  const found = LIGHT_CURVE_FEATURE_SETS.find((one) => one.name === name);
  if (found) return found;
  const known = LIGHT_CURVE_FEATURE_SETS.map((one) => one.name).join(", ");
  throw new AppError("NOT_FOUND", `No light-curve feature set is called '${name}'. There are: ${known}.`);
}
