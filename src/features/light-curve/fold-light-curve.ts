import { findPeriod } from "../../science/light-curve/find-period";
import { laflerKinman } from "../../science/light-curve/lafler-kinman";
import type { FoldableLightCurve, LightCurvePoints } from "./light-curve";
import { type PeriodRefusal, periodFault } from "./period-limits";
import { usablePoints } from "./usable-points";

/** Why a light curve deserves doubt though it can be used. */
export type LightCurveDoubt =
  /** fewer than 20 points after those that cannot be used were left out */
  | "FEW_POINTS"
  /** more than a quarter of the cycle was never observed */
  | "PHASE_GAP"
  /** points were left out: no finite time or magnitude, or another one at the same time */
  | "POINTS_LEFT_OUT"
  /** the period was found in the light curve and another one explains it nearly as well, or it folds the points to no curve */
  | "PERIOD_DOUBTFUL";

/** Why nothing can be said of a light curve. */
export type LightCurveRefusal = PeriodRefusal | "NO_POINTS" | "TOO_FEW_POINTS" | "PHASE_GAP_TOO_LARGE" | "NO_VARIATION";

/** A light curve that can be used, or the reason why not. */
export type Folding =
  | { readonly curve: FoldableLightCurve; readonly doubts: readonly LightCurveDoubt[]; readonly refusal: null }
  | { readonly curve: null; readonly refusal: LightCurveRefusal };

/** A Fourier series of three harmonics has seven parameters; one point is left over to tell its scatter. */
export const MIN_POINTS = 8;
/** Below it the shape hangs on single points; every training star has more. */
const FEW_POINTS = 20;
/** Of the cycle. RR Lyrae rise in 0.1 to 0.2 of it: a quarter may hide the whole rising branch. */
const DOUBTFUL_GAP = 0.25;
/** Beyond it a curve through the points is an invention. */
const LARGEST_GAP = 0.6;
/** [mag] RR Lyrae vary by 0.2 to 1.3; what varies less than the photometry's last digits has no shape. */
const LEAST_VARIATION = 1e-3;

/** By Lafler & Kinman's statistic: one right period of a thousand folds to a rougher curve, one wrong one to a smoother. */
const ROUGHEST = 0.92;

const refuse = (refusal: LightCurveRefusal): Folding => ({ curve: null, refusal });

/** @param phase [cycles] 0 to 1, ascending @returns the largest part of the cycle without a point; 1 of one point or none */
export function largestPhaseGap(phase: Float64Array): number {
  let gap = phase.length > 0 ? phase[0]! + 1 - phase[phase.length - 1]! : 1;
  for (let point = 1; point < phase.length; point++) gap = Math.max(gap, phase[point]! - phase[point - 1]!);
  return gap;
}

function range(values: Float64Array): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity) - values.reduce((a, b) => Math.min(a, b), Infinity);
}

/** What folding found of the period: one that was given is taken at its word. */
interface Period {
  readonly days: number;
  readonly doubtful: boolean;
}

function periodOf(points: LightCurvePoints, given: number): Period | PeriodRefusal {
  const fault = periodFault(given);
  if (fault === null) return { days: given, doubtful: false };
  if (fault === "PERIOD_IMPOSSIBLE" || points.folded) return fault;
  const { time, mag, magError } = usablePoints(points, 1);
  const found = findPeriod({ time, mag, magError });
  return found ? { days: found.periodDays, doubtful: found.doubtful } : "PERIOD_NOT_FOUND";
}

/**
 * Judges and folds a light curve: the one gate that training, files and callers' light curves pass.
 *
 * @param periodDays [d] NaN where it is not known: it is then searched for, which takes about 50 ms and times in days
 * @returns the folded curve with what to doubt about it, or why there is none; never throws
 */
export function foldLightCurve(points: LightCurvePoints, periodDays: number): Folding {
  if (points.mag.length === 0) return refuse("NO_POINTS");
  const period = periodOf(points, periodDays);
  if (typeof period === "string") return refuse(period);
  const { phase, mag, magError, leftOut } = usablePoints(points, period.days);
  if (phase.length < MIN_POINTS) return refuse(phase.length === 0 ? "NO_POINTS" : "TOO_FEW_POINTS");
  const gap = largestPhaseGap(phase);
  if (gap > LARGEST_GAP) return refuse("PHASE_GAP_TOO_LARGE");
  if (range(mag) < LEAST_VARIATION) return refuse("NO_VARIATION");
  const doubts: LightCurveDoubt[] = [];
  if (phase.length < FEW_POINTS) doubts.push("FEW_POINTS");
  if (gap > DOUBTFUL_GAP) doubts.push("PHASE_GAP");
  if (leftOut > 0) doubts.push("POINTS_LEFT_OUT");
  if (period.doubtful || laflerKinman(mag) > ROUGHEST) doubts.push("PERIOD_DOUBTFUL");
  return { curve: { periodDays: period.days, phase, mag, magError }, doubts, refusal: null };
}
