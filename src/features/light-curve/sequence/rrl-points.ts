import type { FoldableLightCurve, LightCurveFeatureSet } from "../light-curve";
import { rrlShapeFeatures } from "../rrl-shape";
import { centreCurve } from "./centred-curve";
import { columnsOf, type SequenceLayout, sequenceInputs, sequenceRow } from "./sequence-inputs";

/** Of the training stars 1% have more than 75. */
export const POINTS_LAYOUT: SequenceLayout = { points: 80 };

/** Every so many-th of the items, so that `most` are left. */
function thinned<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, index) => items[Math.floor(((index + 0.5) * items.length) / most)]!);
}

function compute(curve: FoldableLightCurve): Float32Array {
  const centred = centreCurve(curve);
  if (!centred) return new Float32Array(columnsOf(POINTS_LAYOUT)).fill(Number.NaN);
  return sequenceRow(POINTS_LAYOUT, centred.periodDays, thinned(centred.points, POINTS_LAYOUT.points));
}

/**
 * A light curve as it was observed: (phase x period, magnitude - mean) by phase, padded to 80 points, as Dékány &
 * Grebel 2022 (ApJS 261, 33) give it to their network. Light curves with more points are thinned evenly. The order is
 * part of every model trained on it: never change it, make a new set.
 */
export const rrlPointsFeatures: LightCurveFeatureSet = {
  name: "rrl-points",
  inputs: sequenceInputs(POINTS_LAYOUT),
  judgedBy: rrlShapeFeatures,
  compute,
};
