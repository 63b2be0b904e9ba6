import type { Cut } from "../datasets/clean-sample";
import type { LightCurveStar } from "../light-curves/light-curve-folder";

/** What a star needs to be trained on; whatever else is doubtful about its light curve is left to its errors. */
export const lightCurveCuts: readonly Cut<LightCurveStar>[] = [
  { name: "has an [Fe/H]", keeps: ({ feh }) => Number.isFinite(feh) },
  { name: "has a light curve that can be folded", keeps: ({ refusal }) => refusal === null },
];

/** What a star needs for its Fourier parameters to speak for it rather than for its gaps. */
export const cleanLightCurveCuts: readonly Cut<LightCurveStar>[] = [
  ...lightCurveCuts,
  { name: "at least 30 points", keeps: ({ curve }) => curve !== null && curve.phase.length >= 30 },
  { name: "no quarter of the cycle without a point", keeps: (star) => star.refusal === null && !star.doubts.includes("PHASE_GAP") },
];
