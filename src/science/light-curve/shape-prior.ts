import { type Cholesky, choleskyFactor, choleskyInverse, choleskySolve, forwardSquares } from "../cholesky";
import { designMatrix, type PhasedPoints } from "./fit-fourier";

/**
 * What is known of the shape of a light curve before it is observed: the coefficients a_1, b_1, a_2, b_2, ... of
 * Σ a_k sin(2π k phase) + b_k cos(2π k phase) [mag] are Gaussian about a mean that depends on the period. The cycle
 * begins where the first harmonic of a plain fit does, so that b_1 is about 0.
 */
export interface ShapePrior {
  /** [3, coefficients] of 1, x and x², x being the period less `centreDays` [d] */
  readonly mean: readonly (readonly number[])[];
  readonly centreDays: number;
  /** [d] shortest and longest period of the stars that the prior is of: beyond, their mean is taken */
  readonly periodLimits: readonly [min: number, max: number];
  /** [coefficients, coefficients] [mag⁻²] row by row: the inverse of the covariance about the mean */
  readonly precision: Float64Array;
}

/** What is known of it afterwards. */
export interface ShapePosterior {
  /** m0, a_1, b_1, a_2, b_2, ... [mag], see `seriesOf` */
  readonly coefficients: Float64Array;
  /** [coefficients, coefficients] [mag²] row by row */
  readonly covariance: Float64Array;
  /** [mag] of a point about the curve: the scale of a t distribution, a tenth less than a Gaussian's standard deviation */
  readonly scatter: number;
}

/** @param lowerTriangle row by row @returns the symmetric square matrix, row by row */
export function symmetric(lowerTriangle: readonly number[]): Float64Array {
  const size = Math.floor(Math.sqrt(2 * lowerTriangle.length));
  const matrix = new Float64Array(size * size);
  let next = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      matrix[row * size + column] = lowerTriangle[next]!;
      matrix[column * size + row] = lowerTriangle[next++]!;
    }
  }
  return matrix;
}

/** Degrees of freedom of the residuals' t distribution: outliers count for little, and their number need not be known. */
const FREEDOM = 4;
/** A prior on the scatter, worth so many points: Gaia's photometry and the star's own unsteadiness make about 0.01 mag. */
const SCATTER_POINTS = 5;
const SCATTER_MAG = 0.01;
const MOST_ITERATIONS = 30;
const CONVERGED = 1e-3;

/** [coefficients] the mean shape of stars of this period */
export function meanShape({ mean, centreDays, periodLimits: [min, max] }: ShapePrior, periodDays: number): Float64Array {
  const x = Math.max(min, Math.min(max, periodDays)) - centreDays;
  return Float64Array.from(mean[0]!, (constant, i) => constant + x * (mean[1]![i]! + x * mean[2]![i]!));
}

/** One light curve and one prior: what does not change between the iterations. */
interface Problem {
  readonly design: Float64Array;
  readonly mag: Float64Array;
  /** the mean magnitude and the coefficients */
  readonly width: number;
  /** [width, width] the prior's precision, bordered by zeros: of the mean magnitude nothing is known */
  readonly information: Float64Array;
  /** [width] the information times the mean shape */
  readonly pull: Float64Array;
}

function pose({ phase, mag }: PhasedPoints, periodDays: number, prior: ShapePrior): Problem {
  const mean = meanShape(prior, periodDays);
  const inner = mean.length;
  const width = inner + 1;
  const information = new Float64Array(width * width);
  const pull = new Float64Array(width);
  for (let i = 0; i < inner; i++) {
    const row = prior.precision.subarray(i * inner, (i + 1) * inner);
    information.set(row, (i + 1) * width + 1);
    pull[i + 1] = row.reduce((sum, value, j) => sum + value * mean[j]!, 0);
  }
  return { design: designMatrix(phase, inner / 2), mag, width, information, pull };
}

/** @param precision [points] inverse variances [mag⁻²] */
function solve(
  { design, mag, width, information, pull }: Problem,
  precision: Float64Array,
): { factor: Cholesky; coefficients: Float64Array } {
  const normal = Float64Array.from(information);
  const right = Float64Array.from(pull);
  for (let point = 0; point < mag.length; point++) {
    const row = point * width;
    for (let i = 0; i < width; i++) {
      const weighted = precision[point]! * design[row + i]!;
      right[i]! += weighted * mag[point]!;
      for (let j = 0; j <= i; j++) normal[i * width + j]! += weighted * design[row + j]!;
    }
  }
  const factor = choleskyFactor(normal, width);
  if (!factor) throw new RangeError("A light curve of at least one finite point is wanted.");
  return { factor, coefficients: choleskySolve(factor, right) };
}

/** [points] squared residuals [mag²]: of the likeliest curve, and expected of all that are likely. */
function squares({ design, mag, width }: Problem, coefficients: Float64Array, factor: Cholesky) {
  const square = new Float64Array(mag.length);
  const expected = new Float64Array(mag.length);
  const row = new Float64Array(width);
  for (let point = 0; point < mag.length; point++) {
    row.set(design.subarray(point * width, (point + 1) * width));
    let residual = mag[point]!;
    for (let i = 0; i < width; i++) residual -= row[i]! * coefficients[i]!;
    square[point] = residual * residual;
    expected[point] = square[point]! + forwardSquares(factor, row);
  }
  return { square, expected };
}

/**
 * The Fourier series of a light curve, given what shapes such stars have: where the cycle was observed well the data
 * decide, where not the likeliest shape does. The scatter, and the weight of each point under a t distribution (Lange,
 * Little & Taylor 1989, JASA 84, 881), are found by expectation maximisation.
 *
 * @param points phases counted from where the first harmonic begins
 * @param start [mag] scatter to begin with
 * @param iterations most iterations; fewer do where the prior itself is still being found
 * @throws RangeError if there is no point
 */
export function shapePosterior(
  points: PhasedPoints,
  periodDays: number,
  prior: ShapePrior,
  start: number,
  iterations = MOST_ITERATIONS,
): ShapePosterior {
  const problem = pose(points, periodDays, prior);
  let weight = new Float64Array(points.mag.length).fill(1);
  let variance = start ** 2;
  for (let iteration = 1; ; iteration++) {
    const { factor, coefficients } = solve(
      problem,
      weight.map((one) => one / variance),
    );
    const { square, expected } = squares(problem, coefficients, factor);
    const sum = expected.reduce((total, one, point) => total + weight[point]! * one, SCATTER_POINTS * SCATTER_MAG ** 2);
    const before = variance;
    variance = sum / (weight.reduce((total, one) => total + one, 0) - 1 + SCATTER_POINTS);
    if (iteration === iterations || Math.abs(variance - before) < CONVERGED * variance)
      return { coefficients, covariance: choleskyInverse(factor, problem.width), scatter: Math.sqrt(variance) };
    weight = square.map((one) => (FREEDOM + 1) / (FREEDOM + one / variance));
  }
}
