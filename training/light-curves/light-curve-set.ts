import { AppError } from "../../src/errors";
import type { LightCurveFeatureSet } from "../../src/features/light-curve/light-curve";
import type { TrainingSet } from "../datasets/training-set";
import { readLightCurveFolder } from "./light-curve-folder";
import { withoutFolds } from "./light-curve-part";
import { featuresOf, fromLightCurveFolder, type LabelledLightCurve, labelledLightCurves } from "./light-curve-training-set";

/** A training set whose stars are dealt out to the parts of a cross-validation. */
export interface LightCurveSet extends TrainingSet {
  /** [stars] which part of a cross-validation each is in, 0 to `folds` - 1 */
  readonly fold: Uint8Array;
  readonly folds: number;
  /** [stars, inputs] of the feature set that shows an unusual shape; null if the inputs do */
  readonly shapes: Float32Array | null;
  /** stars of the folder that were left out: no label, or a light curve that cannot be used */
  readonly leftOut: number;
}

/** Where the table of stars names none. */
const FOLDS = 10;
/** Fewer leave folds that mean nothing. */
const FEWEST_STARS = 100;

const isFold = (fold: number) => Number.isInteger(fold) && fold >= 0 && fold < 100;

/** Deals stars out in the order of their label, so that each fold has the same distribution. */
function dealtOut(stars: readonly LabelledLightCurve[]): Uint8Array {
  const folds = new Uint8Array(stars.length);
  const byLabel = [...stars.keys()].sort((a, b) => stars[a]!.feh - stars[b]!.feh);
  byLabel.forEach((star, rank) => {
    folds[star] = rank % FOLDS;
  });
  return folds;
}

/**
 * The folds of the table, numbered without gaps; if it has none, ten folds that stars are dealt out to.
 *
 * @throws AppError BAD_INPUT if only some stars have a fold, or all have the same one: results on other folds than the
 * table's must not pass for results on its own
 */
export function foldsOf(stars: readonly LabelledLightCurve[]): Uint8Array {
  const known = stars.filter(({ fold }) => !Number.isNaN(fold));
  if (known.length === 0) return dealtOut(stars);
  const [stray] = stars.filter(({ fold }) => !isFold(fold));
  if (stray !== undefined) {
    const strays = stars.length - known.filter(({ fold }) => isFold(fold)).length;
    throw new AppError(
      "BAD_INPUT",
      `${strays} of ${stars.length} stars have no cv_fold that is a whole number from 0 to 99, as ${stray.sourceId}. Give every star one, or leave the column out: stars are then dealt out to ${FOLDS} folds.`,
    );
  }
  // A number that no star has, as 0 where folds are counted from 1, would be a fold that judges nothing.
  const names = [...new Set(known.map(({ fold }) => fold))].sort((a, b) => a - b);
  if (names.length > 1) return Uint8Array.from(stars, ({ fold }) => names.indexOf(fold));
  throw new AppError(
    "BAD_INPUT",
    `All ${stars.length} stars have the cv_fold ${names[0]}, and two folds at least are needed. Leave the column out: stars are then dealt out to ${FOLDS} folds.`,
  );
}

/**
 * Reads a folder of light curves with metallicities.
 *
 * @param left folds to leave out of everything
 * @throws AppError NOT_FOUND or BAD_INPUT as readLightCurveFolder does, and where too few stars can be trained on
 */
export async function readLightCurveSet(
  folder: string,
  featureSet: LightCurveFeatureSet,
  left?: readonly number[],
): Promise<LightCurveSet> {
  const read = withoutFolds(await readLightCurveFolder(folder), left);
  const stars = labelledLightCurves(read);
  if (stars.length < FEWEST_STARS)
    throw new AppError(
      "BAD_INPUT",
      `${read.source} has ${stars.length} stars with a usable light curve and a metallicity (feh_photometric_dex); at least ${FEWEST_STARS} are needed to train.`,
    );
  if (stars.every(({ feh }) => feh === stars[0]!.feh))
    throw new AppError("BAD_INPUT", `All stars of ${read.source} have the same metallicity: there is nothing to learn.`);
  const fold = foldsOf(stars);
  const shapes = featureSet.judgedBy ? featuresOf(stars, featureSet.judgedBy) : null;
  const folds = Math.max(...fold) + 1;
  return { ...fromLightCurveFolder(read, featureSet), fold, folds, shapes, leftOut: read.stars.length - stars.length };
}
