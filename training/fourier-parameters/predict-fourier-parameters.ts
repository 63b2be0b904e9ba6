import { writeAtomically } from "../../src/catalogue/bulk/atomic-file";
import { AppError } from "../../src/errors";
import { periodFault } from "../../src/features/light-curve/period-limits";
import { relationInputValues } from "../../src/features/light-curve/relation-inputs";
import { checkInputs } from "../../src/models/check-inputs";
import type { Predictor } from "../../src/models/predictor";
import { quantitiesOf } from "../../src/models/registry/output";
import type { ModelVersion } from "../../src/models/registry/registry";
import { isLightCurveFolder } from "../light-curves/light-curve-folder";
import { predictionHeader, predictionLine } from "../predict/prediction-csv";
import { addToCount, NOTHING_PREDICTED, type PredictionSummary } from "../predict/prediction-summary";
import { calibratorFeatures, typeOfFeatures } from "./calibrator-features";
import { fourierTables } from "./calibrator-stars";
import { BAND, type PulsationType, readSpectra, type Spectrum } from "./spectrum";

/** Nothing is known, as far as the model goes, of a star of another type or with a period that no RR Lyrae has. */
function inputsOf(star: Spectrum, type: PulsationType, width: number): Float32Array {
  const isOfType = star.type === type && periodFault(star.period) === null;
  return isOfType ? relationInputValues(star) : new Float32Array(width).fill(Number.NaN);
}

/** The first row of each star: its light curve is in all of them. */
function firstOfEach(spectra: readonly Spectrum[]): Spectrum[] {
  const byStar = new Map<string, Spectrum>();
  for (const spectrum of spectra) if (!/^(nan)?$/i.test(spectrum.star) && !byStar.has(spectrum.star)) byStar.set(spectrum.star, spectrum);
  return [...byStar.values()];
}

/** @throws AppError BAD_INPUT if a model of one band is given light curves of another */
async function refuseLightCurves(version: ModelVersion, input: string): Promise<void> {
  if (!(await isLightCurveFolder(input))) return;
  throw new AppError(
    "BAD_INPUT",
    `${version.model}@${version.version} is a relation for Fourier parameters in ${BAND}; ${input} holds Gaia's light curves in G, whose parameters are others. Name a model that was trained on G light curves, as rrl-linear.`,
  );
}

/**
 * Predicts for the stars of tables of Fourier parameters: one line a star, in the order in which they first appear. A
 * star of another pulsation type, or with a period that no RR Lyrae has, has a line without an answer.
 *
 * @param input a folder of .dat tables, or one of them
 * @throws AppError NOT_FOUND or BAD_INPUT naming the file and its fault, and as Predictor.predictInputs does
 */
export async function predictFourierParameters(
  predictor: Predictor,
  version: ModelVersion,
  input: string,
  output: string,
): Promise<PredictionSummary> {
  const type = typeOfFeatures(version.manifest.featureSet.name) ?? "RRab";
  const features = calibratorFeatures(type);
  checkInputs(version, features);
  await refuseLightCurves(version, input);
  const spectra = await Promise.all((await fourierTables(input)).map((file) => readSpectra(file, false)));
  const stars = firstOfEach(spectra.flat());
  const width = features.inputs.length;
  const inputs = new Float32Array(stars.length * width);
  for (const [index, star] of stars.entries()) inputs.set(inputsOf(star, type, width), index * width);
  const answers = await predictor.predictInputs(version, inputs, stars.length);
  const labels = quantitiesOf(version.manifest);
  const { data } = version.manifest;
  await writeAtomically(output, (write) =>
    write(
      [predictionHeader(data.idColumn, labels), ...stars.map(({ star }, index) => predictionLine(star, labels, answers[index]!))].join(""),
    ),
  );
  return { model: version.model, version: version.version, output, ...addToCount(NOTHING_PREDICTED, answers) };
}
