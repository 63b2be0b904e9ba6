import { AppError } from "../../src/errors";
import type { LightCurveFeatureSet } from "../../src/features/light-curve/light-curve";
import type { OpenOptions } from "../../src/formats/open-table";
import { readLightCurveFolder } from "./light-curve-folder";
import { fromLightCurveFolder, type LabelledLightCurve, labelledLightCurves } from "./light-curve-training-set";
import type { TrainingSet } from "./training-set";

/** A training set whose stars are dealt out to the parts of a cross-validation. */
export interface LightCurveSet extends TrainingSet {
  /** [stars] which part of a cross-validation each is in, 0 to `folds` - 1 */
  readonly fold: Uint8Array;
  readonly folds: number;
  /** stars of the folder that were left out: no label, or a light curve that cannot be used */
  readonly leftOut: number;
}

/** Where the table of stars names none. */
const FOLDS = 10;
/** Fewer leave folds that mean nothing. */
const FEWEST_STARS = 100;

/** The folds that the table names, numbered without a gap, or stars dealt out in the order of their label so that each fold has the same distribution. */
export function foldsOf(stars: readonly LabelledLightCurve[]): Uint8Array {
  const named = Uint8Array.from(stars, ({ fold }) => fold);
  const names = [...new Set(named)].sort((a, b) => a - b);
  const isNamed = stars.every(({ fold }) => Number.isInteger(fold) && fold >= 0 && fold < 100) && names.length > 1;
  // A number that no star has, as 0 where folds are counted from 1, would be a fold that judges nothing.
  if (isNamed) return named.map((name) => names.indexOf(name));
  const folds = new Uint8Array(stars.length);
  const byLabel = [...stars.keys()].sort((a, b) => stars[a].feh - stars[b].feh);
  byLabel.forEach((star, rank) => {
    folds[star] = rank % FOLDS;
  });
  return folds;
}

/**
 * Reads a folder of light curves with metallicities.
 *
 * @throws AppError NOT_FOUND or BAD_INPUT as readLightCurveFolder does, and where too few stars can be trained on
 */
export async function readLightCurveSet(
  folder: string,
  featureSet: LightCurveFeatureSet,
  onBytes?: OpenOptions["onBytes"],
): Promise<LightCurveSet> {
  const read = await readLightCurveFolder(folder, onBytes);
  const stars = labelledLightCurves(read);
  if (stars.length < FEWEST_STARS)
    throw new AppError(
      "BAD_INPUT",
      `${read.source} has ${stars.length} stars with a usable light curve and a metallicity (feh_photometric_dex); at least ${FEWEST_STARS} are needed to train.`,
    );
  if (stars.every(({ feh }) => feh === stars[0].feh))
    throw new AppError("BAD_INPUT", `All stars of ${read.source} have the same metallicity: there is nothing to learn.`);
  const fold = foldsOf(stars);
  return { ...fromLightCurveFolder(read, featureSet), fold, folds: Math.max(...fold) + 1, leftOut: read.stars.length - stars.length };
}
