import type { FoldableLightCurve, LightCurveFeatureSet } from "../light-curve";
import { rrlShapeFeatures } from "../rrl-shape";
import { centreCurve } from "./centred-curve";
import { columnsOf, type SequenceLayout, sequenceInputs, sequenceRow } from "./sequence-inputs";

/** 1% of the training stars have more than 75 points. */
export const POINTS_LAYOUT: SequenceLayout = { points: 80 };

/** Evenly spaced items, at most `most`. */
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
 * The observed light curve: (phase x period, magnitude - mean) ordered by phase and padded to 80 points, as in Dékány &
 * Grebel 2022 (ApJS 261, 33). Light curves with more points are thinned evenly. Every model trained on it depends on the
 * order: never change it, define a new set instead.
 */
export const rrlPointsFeatures: LightCurveFeatureSet = {
  name: "rrl-points",
  inputs: sequenceInputs(POINTS_LAYOUT),
  judgedBy: rrlShapeFeatures,
  compute,
};
