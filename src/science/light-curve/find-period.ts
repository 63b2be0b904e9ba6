import { fitFourier } from "./fit-fourier";
import { periodogram, type TimedPoints } from "./periodogram";
import { frequencyError, highestPeaks, type Peak, refinePeak } from "./periodogram-peaks";
import { phaseAt } from "./phase";

/** A period that explains a light curve. */
export interface PeriodCandidate {
  readonly periodDays: number;
  /** [mag] by how much a point is missed on average when it is left out of the series fitted with this period */
  readonly leaveOneOut: number;
}

export interface FoundPeriod extends PeriodCandidate {
  /** [d] standard error, if it is the right peak */
  readonly errorDays: number;
  /** fraction of the variance that a series of this period explains, 0 to 1 */
  readonly power: number;
  /** the best of the other periods, best first */
  readonly aliases: readonly PeriodCandidate[];
  /** whether an alias explains the points nearly as well, or the period explains little */
  readonly doubtful: boolean;
}

/** Which periods to look for. */
export interface PeriodRange {
  readonly minDays: number;
  readonly maxDays: number;
}

/** RR Lyrae of all kinds. */
export const RR_LYRAE_PERIODS: PeriodRange = { minDays: 0.2, maxDays: 1 };

/** Grid points in the width 1/T of a peak. */
const OVERSAMPLING = 5;
/** Two catch the sawtooth of the fundamental mode, which one misses; more would fit noise where points are few. */
const SCAN_HARMONICS = 2;
/** Of the series that decide among the peaks. */
const FIT_HARMONICS = 5;
/** Peaks of the scan that are looked at closely. */
const PEAKS = 30;
const ALIASES = 5;
/** Natural logarithm of how many times likelier than its best alias a period must be, to be beyond doubt. */
const BEYOND_DOUBT = 10;
/** A period that leaves points this far from the curve, of their deviation from the mean, explains nothing. */
const EXPLAINS_LITTLE = 0.6;
/** A series of twice the period has every second harmonic to spare, and so fits a little better always. */
const DOUBLE_GAIN = 1.15;
/** Points times frequencies: a second or two of work. Beyond it the span of the observations is a mistake. */
const MOST_WORK = 1e8;
/** Fewer do not determine a series and a period. */
const FEWEST_POINTS = 12;

type Candidate = PeriodCandidate & { readonly peak: Peak };

/** @returns null if the points do not determine the series */
function candidateAt(points: TimedPoints, peak: Peak): Candidate | null {
  const periodDays = 1 / peak.frequency;
  const phase = points.time.map((time) => phaseAt(time, periodDays, points.time[0]));
  const fit = fitFourier({ ...points, phase }, FIT_HARMONICS);
  return fit && { periodDays, leaveOneOut: fit.leaveOneOut, peak };
}

/** Periods that the scan proposes, by how well they foretell a point that they were not given. */
function candidates(points: TimedPoints, span: number, { minDays, maxDays }: PeriodRange): Candidate[] {
  const step = 1 / (span * OVERSAMPLING);
  const count = Math.ceil((1 / minDays - 1 / maxDays) / step);
  if (!(count >= 3 && count * points.time.length <= MOST_WORK)) return [];
  const grid = { start: 1 / maxDays, step, count };
  return highestPeaks(periodogram(points, grid, SCAN_HARMONICS), grid, PEAKS)
    .map((peak) => candidateAt(points, refinePeak(points, peak, step, FIT_HARMONICS)))
    .filter((one) => one !== null)
    .sort((a, b) => a.leaveOneOut - b.leaveOneOut);
}

/** The best candidate, or that of half its period where this one is nearly as good. */
function choose(found: readonly Candidate[], span: number): Candidate | undefined {
  const [best] = found;
  const isHalf = ({ periodDays, leaveOneOut }: Candidate) =>
    Math.abs(1 / periodDays - 2 / best!.periodDays) < 1 / span && leaveOneOut < DOUBLE_GAIN * best!.leaveOneOut;
  return found.find(isHalf) ?? best;
}

function meanAbsoluteDeviation(mag: Float64Array): number {
  const mean = mag.reduce((sum, value) => sum + value, 0) / mag.length;
  return mag.reduce((sum, value) => sum + Math.abs(value - mean), 0) / mag.length;
}

const spanOf = (time: Float64Array) => time.reduce((a, b) => Math.max(a, b)) - time.reduce((a, b) => Math.min(a, b));

/**
 * Finds the period of a light curve: a periodogram with two harmonics proposes, series of five fitted robustly to
 * each of its highest peaks decide.
 *
 * @returns null if there are fewer than 12 points, or their span is none or too long to search
 */
export function findPeriod(points: TimedPoints, range: PeriodRange = RR_LYRAE_PERIODS): FoundPeriod | null {
  if (points.time.length < FEWEST_POINTS) return null;
  const span = spanOf(points.time);
  const found = candidates(points, span, range);
  const best = choose(found, span);
  if (!best) return null;
  const { periodDays, leaveOneOut, peak } = best;
  const others = found.filter((one) => Math.abs(one.peak.frequency - peak.frequency) > 1 / span);
  const likelier = others[0] ? points.mag.length * Math.log(others[0].leaveOneOut / leaveOneOut) : Number.POSITIVE_INFINITY;
  return {
    periodDays,
    leaveOneOut,
    errorDays: periodDays ** 2 * frequencyError(peak, points.mag.length),
    power: peak.power,
    aliases: others.slice(0, ALIASES).map((one) => ({ periodDays: one.periodDays, leaveOneOut: one.leaveOneOut })),
    doubtful: likelier < BEYOND_DOUBT || leaveOneOut > EXPLAINS_LITTLE * meanAbsoluteDeviation(points.mag),
  };
}
