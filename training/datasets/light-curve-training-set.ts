import { AppError } from "../../src/errors";
import type { LightCurveFeatureSet } from "../../src/features/light-curve/light-curve";
import type { LightCurveFolder, LightCurveStar } from "./light-curve-folder";
import type { LabelColumn } from "./table-layout";
import type { TrainingSet } from "./training-set";

/** The layout's name in a manifest. */
export const LIGHT_CURVE_LAYOUT = "light-curve-folder";

const FEH: LabelColumn = { name: "feh", unit: "dex", column: "feh" };

/** A star that a model can learn from, or be judged by. */
export type LabelledLightCurve = Extract<LightCurveStar, { refusal: null }>;

/** @returns the stars whose light curve can be used and whose [Fe/H] is known, in order @throws AppError BAD_INPUT where there are none */
export function labelledLightCurves({ source, stars }: LightCurveFolder): LabelledLightCurve[] {
  const labelled = stars.filter((star): star is LabelledLightCurve => star.refusal === null && !Number.isNaN(star.feh));
  if (labelled.length > 0) return labelled;
  throw new AppError("BAD_INPUT", `${source} has no star with a usable light curve and a feh_photometric_dex in stars.csv.`);
}

/**
 * A folder of light curves as a training set of one label, [Fe/H].
 *
 * @throws AppError BAD_INPUT where no star of it is labelled
 */
export function fromLightCurveFolder(folder: LightCurveFolder, features: LightCurveFeatureSet): TrainingSet {
  const stars = labelledLightCurves(folder);
  const width = features.inputs.length;
  const inputs = new Float32Array(stars.length * width);
  for (const [star, { curve }] of stars.entries()) inputs.set(features.compute(curve), star * width);
  const ids = stars.map(({ sourceId }) => String(sourceId));
  return {
    source: folder.source,
    path: folder.path,
    layout: LIGHT_CURVE_LAYOUT,
    idColumn: folder.idColumn,
    sha256: folder.sha256,
    synthetic: false,
    featureSet: features,
    labels: [FEH],
    ids,
    starKeys: ids,
    inputs,
    references: [Float64Array.from(stars, ({ feh }) => feh)],
    before: null,
  };
}
