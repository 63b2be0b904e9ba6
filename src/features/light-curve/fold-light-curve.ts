import type { PredictionFlag } from "../../catalogue/prediction-flags";
import { findPeriod } from "../../science/light-curve/find-period";
import { laflerKinman } from "../../science/light-curve/lafler-kinman";
import type { FoldableLightCurve, LightCurvePoints } from "./light-curve";
import { type PeriodRefusal, periodFault } from "./period-limits";
import { usablePoints } from "./usable-points";

/** Why a usable light curve may give unreliable results. */
export type LightCurveDoubt = Extract<PredictionFlag, "FEW_POINTS" | "PHASE_GAP" | "POINTS_LEFT_OUT" | "PERIOD_DOUBTFUL">;

/** Why a light curve cannot be used. */
export type LightCurveRefusal = PeriodRefusal | "NO_POINTS" | "TOO_FEW_POINTS" | "PHASE_GAP_TOO_LARGE" | "NO_VARIATION";

/** A usable light curve, or the reason why it is not. */
export type Folding =
  | { readonly curve: FoldableLightCurve; readonly doubts: readonly LightCurveDoubt[]; readonly refusal: null }
  | { readonly curve: null; readonly refusal: LightCurveRefusal };

/** A Fourier series with three harmonics has seven parameters; one more point is needed to estimate the scatter. */
export const MIN_POINTS = 8;
/** With fewer points the shape depends on single points; every training star has more. */
const FEW_POINTS = 20;
/** [cycles] RR Lyrae stars rise within 0.1 to 0.2: a gap of a quarter may hide the whole rising branch. */
const DOUBTFUL_GAP = 0.25;
/** [cycles] With a larger gap, a curve through the points would be invented. */
const LARGEST_GAP = 0.6;
/** [mag] RR Lyrae stars vary by 0.2 to 1.3 mag; a variation in the last digits of the photometry has no shape. */
const LEAST_VARIATION = 1e-3;

/** Lafler & Kinman's statistic: one correct period in a thousand gives a rougher curve, one wrong period a smoother one. */
const ROUGHEST = 0.92;

const refuse = (refusal: LightCurveRefusal): Folding => ({ curve: null, refusal });

/** @param phase [cycles] 0 to 1, ascending @returns the largest gap in the cycle; 1 for at most one point */
export function largestPhaseGap(phase: Float64Array): number {
  let gap = phase.length > 0 ? phase[0]! + 1 - phase[phase.length - 1]! : 1;
  for (let point = 1; point < phase.length; point++) gap = Math.max(gap, phase[point]! - phase[point - 1]!);
  return gap;
}

function range(values: Float64Array): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity) - values.reduce((a, b) => Math.min(a, b), Infinity);
}

/** The period to fold with. */
interface Period {
  readonly days: number;
  readonly doubtful: boolean;
}

function periodOf(points: LightCurvePoints, given: number, doubtful: boolean): Period | PeriodRefusal {
  const fault = periodFault(given);
  if (fault === null) return { days: given, doubtful };
  if (fault === "PERIOD_IMPOSSIBLE" || points.folded) return fault;
  const { time, mag, magError } = usablePoints(points, 1);
  const found = findPeriod({ time, mag, magError });
  return found ? { days: found.periodDays, doubtful: found.doubtful } : "PERIOD_NOT_FOUND";
}

/**
 * Checks and folds a light curve: the only entry for light curves from training, files and the API.
 *
 * @param periodDays [d] NaN: search for it, which takes about 50 ms and needs times in days
 * @param isDoubtful whether the given period was found by a search that may have missed the right one
 * @returns the folded curve with its doubts, or the reason for refusing it; never throws
 */
export function foldLightCurve(points: LightCurvePoints, periodDays: number, isDoubtful = false): Folding {
  if (points.mag.length === 0) return refuse("NO_POINTS");
  const period = periodOf(points, periodDays, isDoubtful);
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
