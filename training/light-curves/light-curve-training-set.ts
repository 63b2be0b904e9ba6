import { AppError } from "../../src/errors";
import type { LightCurveFeatureSet } from "../../src/features/light-curve/light-curve";
import type { LabelColumn, TrainingSet } from "../datasets/training-set";
import type { LightCurveFolder, LightCurveStar } from "./light-curve-folder";

/** The layout's name in a manifest. */
const LAYOUT = "light-curves";

export const METALLICITY: LabelColumn = { name: "feh", unit: "dex", column: "feh" };

/** A star that a model can learn from, or be judged by. */
export type LabelledLightCurve = Extract<LightCurveStar, { refusal: null }>;

/** @returns the stars whose light curve can be used and whose [Fe/H] is known, in order */
export function labelledLightCurves({ stars }: LightCurveFolder): LabelledLightCurve[] {
  return stars.filter((star): star is LabelledLightCurve => star.refusal === null && !Number.isNaN(star.feh));
}

/** @returns [stars, inputs], row by row, NaN if missing */
export function featuresOf(stars: readonly LabelledLightCurve[], { inputs, compute }: LightCurveFeatureSet): Float32Array {
  const rows = new Float32Array(stars.length * inputs.length);
  for (const [star, { curve }] of stars.entries()) rows.set(compute(curve), star * inputs.length);
  return rows;
}

/**
 * A folder of light curves as a training set of one label, [Fe/H].
 *
 * @throws AppError BAD_INPUT if no star of it is labelled
 */
export function fromLightCurveFolder(folder: LightCurveFolder, features: LightCurveFeatureSet): TrainingSet {
  const stars = labelledLightCurves(folder);
  if (stars.length === 0)
    throw new AppError("BAD_INPUT", `${folder.source} has no star with a usable light curve and a feh_photometric_dex in its stars.csv.`);
  const ids = stars.map(({ sourceId }) => String(sourceId));
  return {
    source: folder.source,
    path: folder.path,
    layout: LAYOUT,
    idColumn: folder.idColumn,
    sha256: folder.sha256,
    synthetic: false,
    featureSet: features,
    labels: [METALLICITY],
    ids,
    starKeys: ids,
    inputs: featuresOf(stars, features),
    references: [Float64Array.from(stars, ({ feh }) => feh)],
    before: null,
  };
}
