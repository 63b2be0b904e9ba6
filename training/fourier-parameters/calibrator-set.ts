import { BAND, fourierFeatures, type PulsationType } from "../../src/features/fourier-parameters/feature-sets";
import { relationInputValues } from "../../src/features/light-curve/relation-inputs";
import { FOURIER_PARAMETERS } from "../../src/modalities/fourier-parameters/fourier-parameters";
import type { CutLoss } from "../datasets/clean-sample";
import type { TrainingSet } from "../datasets/training-set";
import { METALLICITY } from "../light-curves/light-curve-training-set";
import { calibratorStars } from "./calibrator-sample";
import { readSpectraFolder } from "./calibrator-stars";

/** Stars with Fourier parameters and high-resolution spectra, and what each cut of the sample cost. */
export interface CalibratorSet extends TrainingSet {
  readonly band: typeof BAND;
  /** [stars] standard error of [Fe/H] [dex] */
  readonly fehError: Float64Array;
  readonly losses: readonly CutLoss[];
}

/** @throws AppError NOT_FOUND, or BAD_INPUT naming the file and its fault */
export async function readCalibratorSet(folder: string, type: PulsationType): Promise<CalibratorSet> {
  const { source, path, sha256, spectra } = await readSpectraFolder(folder);
  const { rows: stars, losses } = calibratorStars(spectra, type);
  const featureSet = fourierFeatures(type);
  const width = featureSet.inputs.length;
  const inputs = new Float32Array(stars.length * width);
  for (const [index, star] of stars.entries()) inputs.set(relationInputValues(star), index * width);
  const ids = stars.map(({ star }) => star);
  return {
    ...{ source, path, sha256, layout: FOURIER_PARAMETERS.name, idColumn: "use_id", synthetic: false, band: BAND, losses },
    ...{ featureSet, labels: [METALLICITY], ids, starKeys: ids, inputs, before: null },
    references: [Float64Array.from(stars, ({ feh }) => feh)],
    fehError: Float64Array.from(stars, ({ fehError }) => fehError),
  };
}
