import { phaseAt } from "../../science/light-curve/phase";
import { median } from "../../science/statistics";
import type { FoldableLightCurve, LightCurvePoints } from "./light-curve";

/** [mag] No magnitude, calibrated or instrumental, exceeds this in absolute value. */
const LARGEST_MAG = 50;
/** [mag] From the median. RR Lyrae stars vary by less than 2 mag: points beyond are sentinels or belong to another star. */
const FARTHEST_MAG = 5;
/** [cycles] Tables write phases to about six decimals. */
const SAME_PHASE = 2e-6;

interface Usable extends Omit<FoldableLightCurve, "periodDays"> {
  /** [points] [d] original times, ordered by phase */
  readonly time: Float64Array;
  /** number of unused points, not counting repeats of a second cycle */
  readonly leftOut: number;
}

interface Point {
  readonly time: number;
  readonly phase: number;
  readonly mag: number;
  /** NaN if unknown */
  readonly error: number;
}

function readPoints({ time, folded, mag, magError }: LightCurvePoints, periodDays: number): Point[] {
  const points: Point[] = [];
  for (let index = 0; index < mag.length; index++) {
    const [at, value] = [time[index]!, mag[index]!];
    if (!Number.isFinite(at) || !(Math.abs(value) <= LARGEST_MAG)) continue;
    const error = magError?.[index] ?? Number.NaN;
    points.push({
      time: at,
      phase: phaseAt(at, folded ? 1 : periodDays),
      mag: value,
      error: error > 0 && error < Infinity ? error : Number.NaN,
    });
  }
  const middle = median(points.map((point) => point.mag));
  return points.filter((point) => Math.abs(point.mag - middle) <= FARTHEST_MAG).sort((a, b) => a.phase - b.phase || a.time - b.time);
}

/**
 * Whether a point repeats an earlier one: same time, or same phase and magnitude. Folded points of equal phase count as
 * simultaneous, although phases with six decimals coincide by chance in three stars out of a thousand.
 */
function isTaken(point: Point, { phase, mag, time }: Point): boolean {
  return point.time === time || (point.phase - phase < SAME_PHASE && point.mag === mag);
}

/** Leaves out repeated points. Folded tables often repeat the first points one cycle later for plots, which is no fault. */
function withoutRepeats(points: readonly Point[], folded: boolean): { kept: Point[]; faults: number } {
  const kept: Point[] = [];
  let faults = 0;
  for (const point of points) {
    const twin = neighbours(kept, point).find((one) => isTaken(point, one));
    if (!twin) kept.push(point);
    else if (!folded || Math.abs(twin.time - point.time) < 0.5) faults++;
  }
  return { kept, faults };
}

/** The kept points of about the same phase, ascending. */
function neighbours(kept: readonly Point[], { phase }: Point): Point[] {
  let first = kept.length;
  while (first > 0 && phase - kept[first - 1]!.phase < SAME_PHASE) first--;
  return kept.slice(first);
}

/** A point without an error gets the median error of the others. */
function errorsOf(points: readonly Point[]): Float64Array | null {
  const known = points.map(({ error }) => error).filter((error) => !Number.isNaN(error));
  if (known.length === 0) return null;
  const typical = median(known);
  return Float64Array.from(points, ({ error }) => (Number.isNaN(error) ? typical : error));
}

/** @returns the distinct points with a finite time and magnitude, ordered by phase */
export function usablePoints(points: LightCurvePoints, periodDays: number): Usable {
  const read = readPoints(points, periodDays);
  const { kept, faults } = withoutRepeats(read, points.folded);
  return {
    time: Float64Array.from(kept, ({ time }) => time),
    phase: Float64Array.from(kept, ({ phase }) => phase),
    mag: Float64Array.from(kept, ({ mag }) => mag),
    magError: errorsOf(kept),
    leftOut: points.mag.length - read.length + faults,
  };
}
