import { fitFourier } from "../../../science/light-curve/fit-fourier";
import { phaseAt } from "../../../science/light-curve/phase";
import type { FoldableLightCurve } from "../light-curve";
import type { SequencePoint } from "./sequence-inputs";

/** A star's points relative to its mean magnitude and to the beginning of its cycle. */
export interface CentredCurve {
  readonly periodDays: number;
  /** ascending */
  readonly points: readonly SequencePoint[];
  /** [mag] scatter of the points about the fitted series */
  readonly scatter: number;
}

/** Harmonics of the series that defines the beginning of the cycle; its first angle hardly changes with more. */
const ORDER = 6;
/** Required points per parameter. */
const POINTS_A_PARAMETER = 1.5;

/**
 * Shifts phases so that the cycle begins at φ_1 = 0 of the sine series, as in the folded light curves of Dékány & Grebel 2022
 * (ApJS 261, 33), whose φ_1 scatters by 0.02 rad about 0. Subtracts the mean of the series, which uneven sampling does not
 * shift.
 *
 * @returns null if the points do not determine a series
 */
export function centreCurve(curve: FoldableLightCurve): CentredCurve | null {
  const { periodDays, phase, mag } = curve;
  const order = Math.max(1, Math.min(ORDER, Math.floor((phase.length / POINTS_A_PARAMETER - 1) / 2)));
  const fit = fitFourier(curve, order);
  if (!fit) return null;
  const begin = -fit.series.angle[0]! / (2 * Math.PI);
  const points = Array.from(phase, (at, point) => ({
    time: phaseAt(at, 1, begin) * periodDays,
    mag: mag[point]! - fit.series.mean,
  }));
  return { periodDays, points: points.sort((a, b) => a.time - b.time), scatter: fit.scatter };
}
