import { AppError } from "../../src/errors";
import { BAND, FOURIER_FEATURE_SETS, type PulsationType } from "../../src/features/fourier-parameters/feature-sets";
import { FOURIER_PARAMETERS } from "../../src/modalities/fourier-parameters/fourier-parameters";
import type { Manifest } from "../../src/models/registry/manifest";
import type { ModelVersion } from "../../src/models/registry/registry";
import type { FileModality } from "../files/file-modality";
import { predictionCsv } from "../files/prediction-csv";
import { isLightCurveFolder } from "../light-curves/light-curve-folder";
import { readSpectra, type Spectrum } from "./calibrator-row";
import { readCalibratorSet } from "./calibrator-set";
import { fourierTables } from "./calibrator-stars";

/** The first row of each star: its light curve is in all of them. */
function firstOfEach(spectra: readonly Spectrum[]): Spectrum[] {
  const byStar = new Map<string, Spectrum>();
  for (const spectrum of spectra) if (!/^(nan)?$/i.test(spectrum.star) && !byStar.has(spectrum.star)) byStar.set(spectrum.star, spectrum);
  return [...byStar.values()];
}

/** @throws AppError BAD_INPUT if a model of one band is given light curves of another */
async function refuseLightCurves({ model, version }: ModelVersion, input: string): Promise<void> {
  if (!(await isLightCurveFolder(input))) return;
  throw new AppError(
    "BAD_INPUT",
    `${model}@${version} is a relation for Fourier parameters in ${BAND}; ${input} holds Gaia's light curves in G, whose parameters are others. Name a model that was trained on G light curves, as rrl-linear.`,
  );
}

/** @throws AppError MODEL_UNAVAILABLE if this code does not know the version's feature set */
function typeOf({ model, version, featureSet }: Manifest): PulsationType {
  const found = FOURIER_FEATURE_SETS.find(({ name }) => name === featureSet.name);
  if (found) return found.type;
  throw new AppError(
    "MODEL_UNAVAILABLE",
    `${model}@${version} takes '${featureSet.name}', which this code does not know. Run the code that trained it.`,
  );
}

async function* inOneBatch(stars: readonly Spectrum[]) {
  yield stars;
}

/** Tables of Fourier parameters: a folder of .dat tables, or one of them; one line a star, in the order of first appearance. */
export const FOURIER_FILES: FileModality<Spectrum> = {
  modality: FOURIER_PARAMETERS,
  figure: null,
  async openInput(input, _predictor, version) {
    await refuseLightCurves(version, input);
    const spectra = await Promise.all((await fourierTables(input)).map((file) => readSpectra(file, false)));
    const stars = firstOfEach(spectra.flat());
    const csv = predictionCsv(version.manifest.data.idColumn, version.manifest);
    return {
      columns: csv.columns,
      total: stars.length,
      batches: inOneBatch(stars),
      observed: (star) => star,
      line: ({ star, prediction }) => csv.line(star.star, prediction),
    };
  },
  async readLabelled(place, manifest, { folds }) {
    if (folds === undefined) return readCalibratorSet(place, typeOf(manifest));
    throw new AppError(
      "BAD_INPUT",
      `--only-folds is for models of light curves, whose stars.csv names folds; this one takes '${manifest.featureSet.name}'. Leave it out.`,
    );
  },
};
