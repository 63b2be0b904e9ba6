import { choleskyFactor, choleskyInverse, choleskySolve } from "../../../src/science/cholesky";
import { type Evaluated, minimise } from "../../fit/lbfgs";
import { inLengthScales, matern, maternSlope, type Points, rowsOf, squaredDistances } from "./kernel";

/** What the covariance depends on, for labels and points of order one. */
export interface Hyperparameters {
  /** [columns] over which the label changes by its scatter */
  readonly lengths: readonly number[];
  /** variance of the process */
  readonly signal: number;
  /** variance of a label about it */
  readonly noise: number;
}

/** Hyperparameters for some of the prepared inputs. */
export interface ChosenKernel extends Hyperparameters {
  /** their places among the prepared inputs */
  readonly used: Int32Array;
}

/** Keeps a covariance positive definite in the presence of rounding. */
const JITTER = 1e-6;
/** Scatter of the prior of a length scale's natural logarithm. */
const PRIOR = 1;
const START = { signal: 2, noise: 0.1 };

function unpack(position: Float64Array): Hyperparameters {
  const size = position.length - 2;
  return {
    lengths: Array.from(position.subarray(0, size), Math.exp),
    signal: Math.exp(position[size]!),
    noise: Math.exp(position[size + 1]!),
  };
}

/** Minus the logarithm of the posterior of the hyperparameters' logarithms, a star (Rasmussen & Williams 2006, eq. 2.30 and 5.9). */
function evaluate(position: Float64Array, points: Points, label: Float64Array, centre: number): Evaluated {
  const { lengths, signal, noise } = unpack(position);
  const rows = rowsOf(points);
  const { size } = points;
  const scaled = inLengthScales(points, lengths);
  const squared = squaredDistances(scaled, scaled);
  const kernel = squared.map((one) => signal * matern(one));
  const covariance = kernel.slice();
  for (let row = 0; row < rows; row++) covariance[row * rows + row]! += noise + JITTER;
  const factor = choleskyFactor(covariance, rows);
  const gradient = new Float64Array(size + 2);
  if (factor === null) return { value: Number.POSITIVE_INFINITY, gradient };
  const alpha = choleskySolve(factor, label);
  // Half of d(-log likelihood) / dK.
  const slope = choleskyInverse(factor, rows);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < rows; column++) slope[row * rows + column]! -= alpha[row]! * alpha[column]!;
  let value = 0;
  for (let row = 0; row < rows; row++) value += 0.5 * label[row]! * alpha[row]! + Math.log(factor[row * rows + row]!);
  for (let at = 0; at < slope.length; at++) gradient[size]! += 0.5 * slope[at]! * kernel[at]!;
  for (let row = 0; row < rows; row++) gradient[size + 1]! += 0.5 * noise * slope[row * rows + row]!;
  addLengthSlopes(gradient, scaled, slope, squared, signal);
  for (let at = 0; at < size; at++) {
    const away = position[at]! - centre;
    value += (away * away) / (2 * PRIOR ** 2);
    gradient[at]! += away / PRIOR ** 2;
  }
  return { value: value / rows, gradient: gradient.map((one) => one / rows) };
}

/** dK / d log l = -2 signal k'(r2) (difference / l)^2, summed over pairs of stars. */
function addLengthSlopes(
  gradient: Float64Array,
  { values, size }: Points,
  slope: Float64Array,
  squared: Float64Array,
  signal: number,
): void {
  const rows = values.length / size;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < row; column++) {
      // Twice a half: the pair is met in both orders.
      const factor = -2 * signal * maternSlope(squared[row * rows + column]!) * slope[row * rows + column]!;
      for (let at = 0; at < size; at++) {
        const difference = values[row * size + at]! - values[column * size + at]!;
        gradient[at]! += factor * difference * difference;
      }
    }
}

/**
 * Finds the hyperparameters of largest posterior, from equal length scales of 2 sqrt(columns), about which their prior lies.
 *
 * @param points [rows, columns] of order one
 * @param label [rows] of order one, zero on average
 * @param onStep is told each step's value; @returns true to end with the best so far
 */
export function findHyperparameters(
  points: Points,
  label: Float64Array,
  steps: number,
  onStep: (step: number, value: number) => boolean,
): Hyperparameters {
  const centre = Math.log(2 * Math.sqrt(points.size));
  const start = Float64Array.from({ length: points.size + 2 }, () => centre);
  start[points.size] = Math.log(START.signal);
  start[points.size + 1] = Math.log(START.noise);
  return unpack(
    minimise(
      (position) => evaluate(position, points, label, centre),
      start,
      steps,
      (value, step) => onStep(step, value),
    ),
  );
}
