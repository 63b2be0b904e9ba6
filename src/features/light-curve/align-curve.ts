import { fitFourier, type PhasedPoints } from "../../science/light-curve/fit-fourier";
import type { FoldableLightCurve } from "./light-curve";

/** A folded light curve whose cycle begins where the first harmonic of a sine series does: φ_1 = 0. */
export interface AlignedCurve extends PhasedPoints {
  /** [d] */
  readonly periodDays: number;
  /** [mag] of the points about a smooth fit */
  readonly scatter: number;
}

const ORDER = 10;

/** [mag] A smooth curve's phase wanders less with the noise than that of the curve that fits best: worth 0.002 dex in [Fe/H]. */
const smooth = (harmonic: number): number => 0.12 / harmonic ** 1.5;

/** @returns null where the points determine no series */
export function alignCurve(curve: FoldableLightCurve): AlignedCurve | null {
  const fit = fitFourier(curve, ORDER, smooth);
  if (!fit) return null;
  const shift = fit.series.angle[0]! / (2 * Math.PI);
  return { ...curve, phase: curve.phase.map((phase) => phase + shift), scatter: fit.scatter };
}
