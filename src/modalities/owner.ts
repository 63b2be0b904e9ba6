import { FEATURE_SETS } from "../features/feature-sets";
import { LIGHT_CURVE_FEATURE_SETS } from "../features/light-curve/feature-sets";

/** The modalities and the feature sets of each. */
const OWNED: Readonly<Record<string, readonly string[]>> = {
  values: FEATURE_SETS.map(({ name }) => name),
  "light-curve": LIGHT_CURVE_FEATURE_SETS.map(({ name }) => name),
  "fourier-parameters": ["rrl-relation-i", "rrl-relation-i-rrc"],
};

/** Of a feature set that this code does not know: versions with it are listed, and cannot be asked. */
const UNKNOWN = "unknown";

/** @returns the modality that owns a feature set */
export const ownerOf = (featureSet: string): string =>
  Object.keys(OWNED).find((modality) => OWNED[modality]?.includes(featureSet)) ?? UNKNOWN;
