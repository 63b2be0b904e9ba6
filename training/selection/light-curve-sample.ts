import type { LightCurveStar } from "../datasets/light-curve-folder";
import type { Cut } from "./clean-sample";

/** What a star needs to be trained on; whatever else is doubtful about its light curve is left to its errors. */
export const lightCurveCuts: readonly Cut<LightCurveStar>[] = [
  { name: "has an [Fe/H]", keeps: ({ feh }) => Number.isFinite(feh) },
  { name: "has a light curve that can be folded", keeps: ({ refusal }) => refusal === null },
];
