import { smoothPeriodic, splineAt } from "../../../science/light-curve/periodic-spline";
import type { FoldableLightCurve, LightCurveFeatureSet } from "../light-curve";
import { rrlShapeFeatures } from "../rrl-shape";
import { centreCurve } from "./centred-curve";
import { columnsOf, type SequenceLayout, sequenceInputs, sequenceRow } from "./sequence-inputs";

export const RESAMPLED_LAYOUT: SequenceLayout = { points: 264 };

function compute(curve: FoldableLightCurve): Float32Array {
  const missing = () => new Float32Array(columnsOf(RESAMPLED_LAYOUT)).fill(Number.NaN);
  const centred = centreCurve(curve);
  if (!centred) return missing();
  const { points, periodDays, scatter } = centred;
  const phase = points.map(({ time }) => time / periodDays);
  const spline = smoothPeriodic(
    phase,
    points.map(({ mag }) => mag),
    scatter,
  );
  if (!spline) return missing();
  const resampled = Array.from({ length: RESAMPLED_LAYOUT.points }, (_, index) => {
    const at = index / RESAMPLED_LAYOUT.points;
    return { time: at * periodDays, mag: splineAt(spline, at) };
  });
  return sequenceRow(RESAMPLED_LAYOUT, periodDays, resampled);
}

/**
 * A light curve smoothed by a spline over one cycle and resampled at 264 points, as in Monti et al. 2024 (Sensors 24,
 * 5203). Every model trained on it depends on the order: never change it, define a new set instead.
 */
export const rrlResampledFeatures: LightCurveFeatureSet = {
  name: "rrl-resampled",
  inputs: sequenceInputs(RESAMPLED_LAYOUT),
  judgedBy: rrlShapeFeatures,
  compute,
};
