import { FOURIER_PARAMETERS } from "./fourier-parameters/fourier-parameters";
import { LIGHT_CURVE } from "./light-curve/light-curve";
import type { Modality } from "./modality";
import { VALUES } from "./values/values";

/** Everything that a model can look at. A new modality is a folder here and a line in this list. */
export const MODALITIES: readonly Modality[] = [VALUES, LIGHT_CURVE, FOURIER_PARAMETERS];

/** Of a feature set that this code does not know: versions with it are listed, and cannot be asked. */
const UNKNOWN = "unknown";

/** @returns the name of the modality that owns a feature set */
export const ownerOf = (featureSet: string): string =>
  MODALITIES.find(({ featureSets }) => featureSets.includes(featureSet))?.name ?? UNKNOWN;
