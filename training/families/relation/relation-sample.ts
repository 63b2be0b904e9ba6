import { AppError } from "../../../src/errors";
import type { FeatureSet } from "../../../src/features/feature-set";
import type { PulsationType } from "../../../src/features/fourier-parameters/feature-sets";
import { lightCurveFeatureSet } from "../../../src/features/light-curve/feature-sets";
import { rootMeanSquare, standardDeviation } from "../../../src/science/statistics";
import { type CutLoss, cleanSample } from "../../datasets/clean-sample";
import type { TrainingSet } from "../../datasets/training-set";
import { readCalibratorSet } from "../../fourier-parameters/calibrator-set";
import { isLightCurveFolder, readLightCurveFolder } from "../../light-curves/light-curve-folder";
import { withoutFolds } from "../../light-curves/light-curve-part";
import { foldsOf } from "../../light-curves/light-curve-set";
import { fromLightCurveFolder, labelledLightCurves, METALLICITY } from "../../light-curves/light-curve-training-set";
import { lightCurveCuts } from "../../selection/light-curve-sample";
import type { Prior } from "./population";

/** Stars with Fourier parameters in one band, their errors, and [Fe/H]: what a relation is fitted on. */
export interface RelationSample extends Pick<TrainingSet, "source" | "path" | "layout" | "idColumn" | "sha256"> {
  /** photometric band of the light curves; parameters of two bands never mix */
  readonly band: "G" | "I";
  readonly type: PulsationType;
  /** its name carries the band: a model refuses another's */
  readonly featureSet: Pick<FeatureSet, "name" | "inputs">;
  readonly ids: readonly string[];
  /** [stars, inputs]; NaN where missing */
  readonly inputs: Float32Array;
  /** [stars] [Fe/H] [dex] and its standard error; 0 where none is stated: it is then part of the intrinsic scatter */
  readonly feh: Float64Array;
  readonly fehError: Float64Array;
  /** [stars] which stars are predicted together, by a fit on all others */
  readonly fold: Int32Array;
  readonly folds: number;
  /** how the sample was made, and what each cut cost; rows are spectra in the first cuts of a sample of spectra */
  readonly losses: readonly CutLoss[];
  /** the relation that is fitted where none is named */
  readonly terms: readonly string[];
  readonly prior: Prior;
}

/** Stars with high-resolution spectra: one star is left out at a time. */
async function calibrators(folder: string, type: PulsationType): Promise<RelationSample> {
  const set = await readCalibratorSet(folder, type);
  return {
    ...set,
    type,
    feh: set.references[0]!,
    fold: Int32Array.from(set.ids.keys()),
    folds: set.ids.length,
    terms: ["period", "A2", "phi31"],
    prior: "uniform",
  };
}

/** Gaia's light curves. Their labels have no errors of their own. */
async function lightCurves(folder: string, left?: readonly number[]): Promise<RelationSample> {
  const read = withoutFolds(await readLightCurveFolder(folder), left);
  const { rows, losses } = cleanSample(read.stars, lightCurveCuts);
  const clean = { ...read, stars: rows };
  const set = fromLightCurveFolder(clean, lightCurveFeatureSet("rrl-relation-g"));
  const fold = Int32Array.from(foldsOf(labelledLightCurves(clean)));
  return {
    ...set,
    ...{ band: "G", type: "RRab", losses },
    feh: set.references[0]!,
    fehError: new Float64Array(rows.length),
    fold,
    folds: Math.max(...fold) + 1,
    terms: ["period", "A1", "A2", "A3", "phi21", "phi31"],
    prior: "population",
  };
}

/** Fewer stars than this leave nothing to tell a relation's errors by. */
const FEWEST_STARS = 20;
/** [dex] No relation can be found in a smaller scatter; samples of field stars have 0.3 to 0.6. */
const LEAST_SPREAD = 0.01;

/**
 * Labels that scatter no more than their errors determine neither slopes nor an intrinsic scatter, and the sampler
 * would take minutes to find no answer.
 *
 * @throws AppError BAD_INPUT
 */
function checkSpread({ source, ids, feh, fehError }: RelationSample): void {
  const spread = standardDeviation(feh);
  const least = Math.max(LEAST_SPREAD, rootMeanSquare(fehError));
  if (spread > least) return;
  throw new AppError(
    "BAD_INPUT",
    `The [Fe/H] of the ${ids.length} stars of ${source} scatter by ${spread.toPrecision(3)} dex, and a relation needs more than ${least.toPrecision(3)} dex (their errors, or ${LEAST_SPREAD}) to be told from none. Add stars of other metallicities.`,
  );
}

/** @throws AppError BAD_INPUT with the stars lost to each cut */
function checkCount({ source, ids, type, losses }: RelationSample): void {
  if (ids.length >= FEWEST_STARS) return;
  const costs = losses.map(({ cut, lost }) => `${cut}: ${lost} lost`).join("; ");
  throw new AppError(
    "BAD_INPUT",
    `${source} has ${ids.length} ${type} stars to fit on; at least ${FEWEST_STARS} are needed. Cuts: ${costs}.`,
  );
}

/**
 * Reads either kind of folder: Gaia's light curves, or tables of Fourier parameters with spectroscopic [Fe/H].
 *
 * @param left folds of a folder of light curves to leave out of everything
 * @throws AppError NOT_FOUND, or BAD_INPUT naming the file and its fault, or if too few stars are left, or
 * their labels hardly differ
 */
export async function readRelationSample(folder: string, type: PulsationType, left?: readonly number[]): Promise<RelationSample> {
  const isCurves = await isLightCurveFolder(folder);
  if (isCurves && type !== "RRab")
    throw new AppError(
      "BAD_INPUT",
      `${folder} holds light curves, which are taken for RRab stars: a relation for ${type} needs a folder of Fourier parameters that says which stars are ${type}.`,
    );
  if (!isCurves && left !== undefined)
    throw new AppError(
      "BAD_INPUT",
      `--without-folds is for light curves, whose stars.csv names folds; ${folder} holds Fourier parameters. Leave it out.`,
    );
  const sample = isCurves ? await lightCurves(folder, left) : await calibrators(folder, type);
  checkCount(sample);
  checkSpread(sample);
  return sample;
}

/** The sample as any model's training set: labels of one name, stars told apart by their ids. */
export function asTrainingSet({ source, path, layout, idColumn, sha256, featureSet, ids, inputs, feh }: RelationSample): TrainingSet {
  const origin = { source, path, layout, idColumn, sha256, synthetic: false };
  return { ...origin, featureSet, labels: [METALLICITY], ids, starKeys: ids, inputs, references: [feh], before: null };
}
