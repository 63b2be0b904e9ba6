import { explainedSquares } from "../cholesky";
import { pointWeights } from "./weights";

/** Observations of a star in one band. */
export interface TimedPoints {
  /** [points] [d] */
  readonly time: Float64Array;
  /** [points] [mag] */
  readonly mag: Float64Array;
  /** [points] [mag], or null if all points are as good */
  readonly magError: Float64Array | null;
}

/** Equally spaced frequencies. */
export interface FrequencyGrid {
  /** [1/d] */
  readonly start: number;
  /** [1/d] */
  readonly step: number;
  readonly count: number;
}

/** Sums over the points at one frequency, and what they are accumulated into. */
interface Sums {
  /** [0..2 harmonics] Σ w cos(j θ), Σ w sin(j θ) */
  readonly cos: Float64Array;
  readonly sin: Float64Array;
  /** [0..harmonics] Σ w y cos(j θ), Σ w y sin(j θ) */
  readonly magCos: Float64Array;
  readonly magSin: Float64Array;
}

/** [points] weights of sum 1, and the magnitudes less their weighted mean. */
function weigh({ mag, magError }: TimedPoints): { weight: Float64Array; centred: Float64Array; squares: number } {
  const weight = pointWeights(mag.length, magError);
  const total = weight.reduce((sum, one) => sum + one, 0);
  const share = weight.map((one) => one / total);
  const mean = mag.reduce((sum, value, point) => sum + share[point]! * value, 0);
  const centred = mag.map((value) => value - mean);
  return { weight: share, centred, squares: centred.reduce((sum, value, point) => sum + share[point]! * value * value, 0) };
}

function emptySums(harmonics: number): Sums {
  return {
    cos: new Float64Array(2 * harmonics + 1),
    sin: new Float64Array(2 * harmonics + 1),
    magCos: new Float64Array(harmonics + 1),
    magSin: new Float64Array(harmonics + 1),
  };
}

/** Adds one point's multiple angles, each from the one before by the addition theorem: no sine is computed. */
function addPoint({ cos, sin, magCos, magSin }: Sums, cosine: number, sine: number, weight: number, mag: number): void {
  let c = weight;
  let s = 0;
  for (let j = 1; j < cos.length; j++) {
    const next = c * cosine - s * sine;
    s = s * cosine + c * sine;
    c = next;
    cos[j]! += c;
    sin[j]! += s;
    if (j >= magCos.length) continue;
    magCos[j]! += mag * c;
    magSin[j]! += mag * s;
  }
}

/** Normal equations of 1, cos θ, sin θ, cos 2θ, ... by the product theorems; lower triangle. */
function fillNormal({ cos, sin, magCos, magSin }: Sums, matrix: Float64Array, right: Float64Array): void {
  const width = right.length;
  matrix[0] = 1;
  right[0] = 0; // the magnitudes are centred
  for (let a = 1; a < magCos.length; a++) {
    const [ca, sa] = [2 * a - 1, 2 * a];
    matrix[ca * width] = cos[a]!;
    matrix[sa * width] = sin[a]!;
    right[ca] = magCos[a]!;
    right[sa] = magSin[a]!;
    for (let b = 1; b <= a; b++) {
      const [cb, sb] = [2 * b - 1, 2 * b];
      matrix[ca * width + cb] = (cos[a - b]! + cos[a + b]!) / 2;
      matrix[sa * width + sb] = (cos[a - b]! - cos[a + b]!) / 2;
      matrix[sa * width + cb] = (sin[a + b]! + sin[a - b]!) / 2;
      if (b < a) matrix[ca * width + sb] = (sin[a + b]! - sin[a - b]!) / 2;
    }
  }
}

/**
 * Lomb-Scargle periodogram with a floating mean and harmonics (Zechmeister & Kürster 2009, A&A 496, 577; Palmer 2009,
 * ApJ 695, 496): at each frequency the fraction of the weighted variance that a Fourier series explains, 0 to 1.
 *
 * The angle of each point goes from one frequency to the next by one complex multiplication: a scan of 20,760
 * frequencies of 40 points with two harmonics takes about 25 ms.
 *
 * @param harmonics 1 is the classical periodogram; RR Lyrae are found far more surely with 2 or more
 * @returns [frequencies]
 */
export function periodogram(points: TimedPoints, { start, step, count }: FrequencyGrid, harmonics: number): Float64Array {
  const { weight, centred, squares } = weigh(points);
  const angles = (frequency: number) => points.time.map((time) => 2 * Math.PI * (((time - points.time[0]!) * frequency) % 1));
  const [cos, sin] = [angles(start).map(Math.cos), angles(start).map(Math.sin)];
  const [stepCos, stepSin] = [angles(step).map(Math.cos), angles(step).map(Math.sin)];
  const sums = emptySums(harmonics);
  const right = new Float64Array(2 * harmonics + 1);
  const matrix = new Float64Array(right.length ** 2);
  const power = new Float64Array(count);
  for (let frequency = 0; frequency < count; frequency++) {
    for (const sum of [sums.cos, sums.sin, sums.magCos, sums.magSin]) sum.fill(0);
    sums.cos[0] = 1; // the weights' sum
    for (let point = 0; point < cos.length; point++) {
      const [c, s] = [cos[point]!, sin[point]!];
      addPoint(sums, c, s, weight[point]!, centred[point]!);
      cos[point] = c * stepCos[point]! - s * stepSin[point]!;
      sin[point] = s * stepCos[point]! + c * stepSin[point]!;
    }
    fillNormal(sums, matrix, right);
    power[frequency] = explainedSquares(matrix, right, right.length) / squares;
  }
  return power;
}
