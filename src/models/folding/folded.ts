import { lightCurveFeatureSet } from "../../features/light-curve/feature-sets";
import { type Folding, foldLightCurve } from "../../features/light-curve/fold-light-curve";
import type { LightCurvePoints } from "../../features/light-curve/light-curve";
import { meanMagnitude } from "../../features/light-curve/mean-magnitude";

/** A light curve to fold, and what to compute from it. */
export interface ToFold {
  readonly points: LightCurvePoints;
  /** [d] null: search for it */
  readonly periodDays: number | null;
  /** name of the feature set */
  readonly featureSet: string;
  /** the feature set that shows an unusual shape; null if the inputs do */
  readonly shapeSet: string | null;
  /** also compute the mean magnitude */
  readonly withMean: boolean;
}

/** The folded (or refused) light curve, and what was computed from it. */
export interface Folded {
  readonly folding: Folding;
  /** inputs of the feature set; null if the light curve was refused */
  readonly inputs: Float32Array | null;
  /** values of `shapeSet`; null if it was null or the light curve was refused */
  readonly shape: Float32Array | null;
  /** [mag] null if it was not requested or is undetermined */
  readonly mean: ReturnType<typeof meanMagnitude>;
}

/** @throws AppError NOT_FOUND if there is no such feature set */
export function foldAndCompute({ points, periodDays, featureSet, shapeSet, withMean }: ToFold): Folded {
  const features = lightCurveFeatureSet(featureSet);
  const shapes = shapeSet === null ? null : lightCurveFeatureSet(shapeSet);
  const folding = foldLightCurve(points, periodDays ?? Number.NaN);
  const { curve } = folding;
  if (curve === null) return { folding, inputs: null, shape: null, mean: null };
  const mean = withMean ? meanMagnitude(curve) : null;
  return { folding, inputs: features.compute(curve), shape: shapes?.compute(curve) ?? null, mean };
}
