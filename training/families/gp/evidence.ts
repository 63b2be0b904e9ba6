import { choleskyFactor, choleskySolve } from "../../../src/science/cholesky";
import type { Evaluated } from "../../fit/lbfgs";
import { inverseOf } from "./inverse";
import { matern, maternSlope, squaredDistance } from "./matern";

/** Stars by which a kernel is found. */
export interface KernelSample {
  /** [stars, columns] the inputs that the kernel looks at */
  readonly inputs: Float64Array;
  readonly columns: number;
  /** [outputs][stars] of order one */
  readonly labels: readonly Float64Array[];
}

/** Length to begin with, and about which lengths are expected: sqrt(columns) keeps the distances of order one. */
export const typicalLength = (columns: number): number => 2 * Math.sqrt(columns);

/** Keeps the matrix positive definite where stars are twins. */
const JITTER = 1e-6;

/**
 * Minus the logarithm of the evidence and of the prior of the lengths (log-normal about the typical one), a star, and
 * its slope.
 *
 * @param point [columns + 2] logarithms of the lengths, of the amplitude and of the noise
 */
export function evidence({ inputs, columns, labels }: KernelSample, point: Float64Array): Evaluated {
  const n = labels[0]!.length;
  const [amplitude, noise] = [Math.exp(point[columns]!), Math.exp(point[columns + 1]!)];
  const scaled = inputs.map((value, at) => value * Math.exp(-point[at % columns]!));
  const kernel = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) kernel[i * n + j] = amplitude * matern(squaredDistance(scaled, i, scaled, j, columns));
    kernel[i * n + i] = amplitude + noise + JITTER;
  }
  const factor = choleskyFactor(kernel, n);
  if (factor === null) return { value: Number.POSITIVE_INFINITY, gradient: new Float64Array(columns + 2) };
  let value = 0;
  for (let i = 0; i < n; i++) value += labels.length * Math.log(factor[i * n + i]!);
  const weights = labels.map((label) => choleskySolve(factor, label));
  weights.forEach((weight, output) => {
    value += 0.5 * weight.reduce((sum, one, star) => sum + one * labels[output]![star]!, 0);
  });
  const gradient = slopes(scaled, columns, kernel, inverseOf(factor, n), weights, amplitude, noise);
  for (let d = 0; d < columns; d++) {
    const away = point[d]! - Math.log(typicalLength(columns));
    value += (away * away) / 2;
    gradient[d]! += away;
  }
  return { value: value / n, gradient: gradient.map((slope) => slope / n) };
}

/** Half the trace of (outputs K^-1 - w w') times the kernel's derivative by each parameter (Rasmussen & Williams 2006, 5.9). */
function slopes(
  scaled: Float64Array,
  columns: number,
  kernel: Float64Array,
  inverse: Float64Array,
  weights: readonly Float64Array[],
  amplitude: number,
  noise: number,
): Float64Array {
  const n = weights[0]!.length;
  const gradient = new Float64Array(columns + 2);
  const excess = (i: number, j: number) =>
    weights.length * inverse[i * n + j]! - weights.reduce((sum, weight) => sum + weight[i]! * weight[j]!, 0);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const surplus = excess(i, j);
      gradient[columns]! += surplus * kernel[i * n + j]!;
      const slope = -2 * surplus * amplitude * maternSlope(squaredDistance(scaled, i, scaled, j, columns));
      for (let d = 0; d < columns; d++) gradient[d]! += slope * (scaled[i * columns + d]! - scaled[j * columns + d]!) ** 2;
    }
    const surplus = 0.5 * excess(i, i);
    gradient[columns]! += surplus * amplitude;
    gradient[columns + 1]! += surplus * noise;
  }
  return gradient;
}
