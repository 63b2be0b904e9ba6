import { AppError } from "../../errors";
import { BAND, FOURIER_FEATURE_SETS, type FourierFeatureSet, type PulsationType } from "../../features/fourier-parameters/feature-sets";
import { periodFault } from "../../features/light-curve/period-limits";
import { type FourierParameters, relationInputValues } from "../../features/light-curve/relation-inputs";
import type { Looked, Modality, Prepared } from "../modality";

/** Fourier parameters of a light curve, and how the star pulsates. */
export interface ObservedParameters extends FourierParameters {
  /** null of a star that is neither */
  readonly type: PulsationType | null;
}

/** [ms] Numbers are passed on. */
const COST_MS = 0.01;

function featuresOf({ featureSet }: Looked): FourierFeatureSet {
  const found = FOURIER_FEATURE_SETS.find(({ name }) => name === featureSet.name);
  if (found) return found;
  const known = FOURIER_FEATURE_SETS.map(({ name }) => name).join(", ");
  throw new AppError("NOT_FOUND", `No feature set of Fourier parameters is called '${featureSet.name}'. There are: ${known}.`);
}

function prepare({ type }: FourierFeatureSet, observed: ObservedParameters): Prepared<ObservedParameters> {
  if (observed.type !== type) return { refusal: "OTHER_MODE" };
  const refusal = periodFault(observed.period);
  if (refusal !== null) return { refusal };
  return { refusal: null, doubts: [], inputs: relationInputValues(observed), shape: null, ready: observed };
}

/** Fourier parameters of light curves in the I band, as tables hold them; the catalogue's light curves are in Gaia's bands. */
export const FOURIER_PARAMETERS: Modality<ObservedParameters, ObservedParameters> = {
  name: "fourier-parameters",
  takes: `Fourier parameters in the ${BAND} band`,
  advice: "`asterism predict` takes tables of them. Of light curves in G, ask a model that was trained on those, as rrl-linear.",
  featureSets: FOURIER_FEATURE_SETS.map(({ name }) => name),
  stored: null,
  columns: () => null,
  open(looked) {
    const features = featuresOf(looked);
    return {
      inputs: features.inputs,
      width: features.inputs.length,
      prepare: (observed) => prepare(features, observed),
      costMs: () => COST_MS,
    };
  },
};
