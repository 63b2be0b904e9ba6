import { lightCurvesOf } from "../../catalogue/light-curve";
import { variabilityOf } from "../../catalogue/variability";
import { LIGHT_CURVE_FEATURE_SETS, lightCurveFeatureSet } from "../../features/light-curve/feature-sets";
import { foldLightCurve } from "../../features/light-curve/fold-light-curve";
import type { FoldableLightCurve, LightCurveFeatureSet, LightCurvePoints } from "../../features/light-curve/light-curve";
import { meanMagnitude } from "../../features/light-curve/mean-magnitude";
import { storedCurve } from "../../features/light-curve/stored-curve";
import type { Measured } from "../../science/measured";
import type { Looked, Looking, Modality, Prepared, StoredObservations } from "../modality";

/** A light curve in G, and what is known of its period. */
export interface ObservedCurve {
  readonly points: LightCurvePoints;
  /** [d] null: search for it */
  readonly period: number | null;
  /** whether a known period was found by a search that may have missed the right one */
  readonly doubtful: boolean;
  /** also compute the mean magnitude */
  readonly withMean?: boolean;
}

/** The folded light curve that a model looked at. */
export interface ReadyCurve {
  readonly curve: FoldableLightCurve;
  /** [mag] null if it was not asked for or is undetermined */
  readonly mean: Measured | null;
}

/** [ms] A period search takes 38 ms for 40 points and 1.1 s for 1,000; with a known period, 1,000 points take 30 ms. */
const SEARCH_MS = 1.1;
const FOLD_MS = 0.03;
/** [ms] The fits of the shortest light curve. */
const LEAST_MS = 1;

function prepare(features: LightCurveFeatureSet, shapes: LightCurveFeatureSet | null, observed: ObservedCurve): Prepared<ReadyCurve> {
  const folding = foldLightCurve(observed.points, observed.period ?? Number.NaN, observed.doubtful);
  if (folding.refusal !== null) return folding;
  const { curve, doubts } = folding;
  const ready = { curve, mean: observed.withMean ? meanMagnitude(curve) : null };
  return { refusal: null, doubts, inputs: features.compute(curve), shape: shapes?.compute(curve) ?? null, ready };
}

function open({ featureSet, shape }: Looked): Looking<ObservedCurve, ReadyCurve> {
  const features = lightCurveFeatureSet(featureSet.name);
  const shapes = shape ? lightCurveFeatureSet(shape.featureSet.name) : null;
  return {
    inputs: features.inputs,
    width: features.inputs.length,
    prepare: (observed) => prepare(features, shapes, observed),
    costMs: ({ points, period }) => Math.max(LEAST_MS, points.mag.length * (period === null ? SEARCH_MS : FOLD_MS)),
  };
}

/** Of another kind of variable a metallicity of RR Lyrae says nothing. */
const STARS = `(SELECT DISTINCT l.release, l.source_id FROM light_curve l WHERE l.band = 'G' AND NOT EXISTS (
    SELECT FROM variability v WHERE v.release = l.release AND v.source_id = l.source_id AND v.type NOT LIKE 'RR%')) s`;

const STORED: StoredObservations<ObservedCurve> = {
  stars: STARS,
  tables: ["light_curve", "variability"],
  rangeSize: 200,
  async read(queries, release, sourceIds) {
    const curves = await lightCurvesOf(queries, release, sourceIds);
    const variability = await variabilityOf(queries, release, sourceIds);
    return sourceIds.map((_, star) => storedCurve(curves[star]!, variability[star]!));
  },
};

/** Light curves of RR Lyrae stars in G. */
export const LIGHT_CURVE: Modality<ObservedCurve, ReadyCurve> = {
  name: "light-curve",
  takes: "light curves in G",
  advice: "Give it a light curve (`predictMetallicity`), or `asterism predict` a folder of them.",
  featureSets: LIGHT_CURVE_FEATURE_SETS.map(({ name }) => name),
  stored: STORED,
  columns: () => null,
  open,
};
