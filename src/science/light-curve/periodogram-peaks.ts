import { type FrequencyGrid, periodogram, type TimedPoints } from "./periodogram";

/** Where a periodogram has a local maximum. */
export interface Peak {
  /** [1/d] */
  readonly frequency: number;
  /** fraction of the variance explained there */
  readonly power: number;
  /** second derivative of the power by the frequency [d²]: negative */
  readonly curvature: number;
}

/** Of a peak's close look: steps to each side, and how many there are in a step of the scan. */
const FINER = 10;
const REACH = 12;

/** A parabola through three equally spaced powers. */
function vertex(power: Float64Array, at: number, { start, step }: FrequencyGrid): Peak {
  const [before, top, after] = [power[at - 1]!, power[at]!, power[at + 1]!];
  const bend = before - 2 * top + after;
  const shift = bend < 0 ? (before - after) / (2 * bend) : 0;
  return { frequency: start + (at + shift) * step, power: top - ((before - after) * shift) / 4, curvature: bend / step ** 2 };
}

/** @returns the `count` highest local maxima, highest first */
export function highestPeaks(power: Float64Array, grid: FrequencyGrid, count: number): Peak[] {
  const tops: number[] = [];
  for (let at = 1; at < power.length - 1; at++) if (power[at]! >= power[at - 1]! && power[at]! > power[at + 1]!) tops.push(at);
  return tops
    .sort((a, b) => power[b]! - power[a]!)
    .slice(0, count)
    .map((at) => vertex(power, at, grid));
}

/**
 * Looks at a peak of a scan on a finer grid and with more harmonics, whose own peaks are narrower.
 *
 * @param scanStep [1/d] of the grid that showed the peak
 */
export function refinePeak(points: TimedPoints, { frequency }: Peak, scanStep: number, harmonics: number): Peak {
  const step = scanStep / FINER;
  const grid = { start: frequency - REACH * step, step, count: 2 * REACH + 1 };
  const power = periodogram(points, grid, harmonics);
  let at = 1;
  for (let one = 1; one < grid.count - 1; one++) if (power[one]! > power[at]!) at = one;
  return vertex(power, at, grid);
}

/**
 * Standard error of a peak's frequency: where the sum of squares has grown by the variance of one point.
 *
 * @returns [1/d]
 */
export function frequencyError({ power, curvature }: Peak, points: number): number {
  return curvature < 0 ? Math.sqrt((2 * (1 - power)) / (points * -curvature)) : Number.NaN;
}
