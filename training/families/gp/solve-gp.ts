import { type Cholesky, choleskySolve } from "../../../src/science/cholesky";
import { median } from "../../../src/science/statistics";
import { blockedCholesky, productsOfRows } from "./blocked-cholesky";
import type { GpKernel } from "./gp-settings";
import { invertLower } from "./inverse";
import { matern, squaredDistance } from "./matern";

/** A process that has seen the stars, for one gap. */
export interface SolvedKernel extends GpKernel {
  /** [outputs][points] by which each point's kernel is multiplied */
  readonly weights: readonly Float64Array[];
  /** by the first few points */
  readonly known: Known;
}

/** [few, few] each: amplitude - |prior' k|^2 + |left' k|^2 is the variance that is left. */
export interface Known {
  readonly prior: Float64Array;
  readonly left: Float64Array;
}

/** Prepared inputs of stars, [stars, columns]. */
export interface Points {
  readonly inputs: Float64Array;
  readonly columns: number;
}

/** Points by which the variance is told: of all of them, a file would be tens of megabytes a gap. */
const FEW = 128;
const JITTER = 1e-6;
/** Residuals beyond so many of their scatter count less. */
const OUTLIER = 2.5;

export const fewOf = (points: number): number => Math.min(FEW, points);

const scaledBy = ({ inputs, columns }: Points, metric: Float64Array): Float64Array =>
  inputs.map((value, at) => value * Math.sqrt(metric[at % columns]!));

/** @returns [rows, others] the kernel between two sets of points */
function between(a: Float64Array, b: Float64Array, columns: number, amplitude: number): Float64Array {
  const [rows, others] = [a.length / columns, b.length / columns];
  const kernel = new Float64Array(rows * others);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < others; j++) kernel[i * others + j] = amplitude * matern(squaredDistance(a, i, b, j, columns));
  return kernel;
}

/** @returns the kernel's lower triangle with its diagonal raised; shared by all outputs */
function factorWith(kernel: Float64Array, n: number, diagonal: (i: number) => number): Cholesky {
  const raised = kernel.slice();
  for (let i = 0; i < n; i++) raised[i * n + i]! += diagonal(i) + JITTER;
  return blockedCholesky(raised, n)!;
}

/** How much noisier each star is than the typical one, by its residual: wrong labels count less. 1 of most stars. */
function outliers(noise: number, weights: readonly Float64Array[]): Float64Array {
  const residuals = weights[0]!.map(
    (_, i) => noise * Math.sqrt(weights.reduce((sum, weight) => sum + weight[i]! ** 2, 0) / weights.length),
  );
  const typical = (OUTLIER * median(residuals)) / 0.6745;
  return residuals.map((residual) => Math.max(1, residual / Math.max(1e-9, typical)));
}

/** @returns (L^-1)' of a factor, [count, count] */
function inverseAcross(factor: Cholesky, count: number): Float64Array {
  const inverse = invertLower(factor, count);
  return inverse.map((_, at) => inverse[(at % count) * count + Math.floor(at / count)]!);
}

/**
 * What the first points tell of the variance (subset of regressors; Quinonero-Candela & Rasmussen 2005, 5.1): the prior's
 * at a star, less |L^-1 k|^2 of the points' own factor, and more by the same of the factor with all that they were told.
 */
function knownBy(kernel: Float64Array, few: Float64Array, points: number, count: number, noise: number): Known {
  const told = productsOfRows(kernel, count, points).map((sum, at) => few[at]! + sum / noise);
  return {
    prior: inverseAcross(
      factorWith(few, count, () => 0),
      count,
    ),
    left: inverseAcross(
      factorWith(told, count, () => 0),
      count,
    ),
  };
}

/**
 * The exact process on all points.
 *
 * @param noisier [points] as the first kernel found it; absent: to be found, which takes a solution more
 */
export function solveExactly(points: Points, labels: readonly Float64Array[], kernel: GpKernel, noisier?: Float64Array) {
  const n = labels[0]!.length;
  const scaled = scaledBy(points, kernel.metric);
  const all = between(scaled, scaled, points.columns, kernel.amplitude);
  const solve = (noise: (i: number) => number) => {
    const factor = factorWith(all, n, noise);
    return labels.map((label) => choleskySolve(factor, label));
  };
  const noises =
    noisier ??
    outliers(
      kernel.noise,
      solve(() => kernel.noise),
    );
  const count = fewOf(n);
  const first = scaled.subarray(0, count * points.columns);
  const known = knownBy(all, between(first, first, points.columns, kernel.amplitude), n, count, kernel.noise);
  const solved: SolvedKernel = { ...kernel, weights: solve((i) => kernel.noise * noises[i]!), known };
  return { solved, noisier: noises };
}

/** The subset of regressors: `points` carry what all stars say. */
export function solveByFew(points: Points, stars: Points, labels: readonly Float64Array[], kernel: GpKernel): SolvedKernel {
  const n = labels[0]!.length;
  const m = points.inputs.length / points.columns;
  const [near, far] = [scaledBy(points, kernel.metric), scaledBy(stars, kernel.metric)];
  const across = between(near, far, points.columns, kernel.amplitude);
  const own = between(near, near, points.columns, kernel.amplitude);
  const normal = productsOfRows(across, m, n).map((sum, at) => sum + kernel.noise * own[at]!);
  const factor = factorWith(normal, m, (i) => 1e-8 * normal[i * m + i]!);
  const weights = labels.map((label) =>
    choleskySolve(
      factor,
      Float64Array.from({ length: m }, (_, i) => across.subarray(i * n, (i + 1) * n).reduce((sum, value, k) => sum + value * label[k]!, 0)),
    ),
  );
  const count = fewOf(m);
  const few = between(near.subarray(0, count * points.columns), near.subarray(0, count * points.columns), points.columns, kernel.amplitude);
  return { ...kernel, weights, known: knownBy(across, few, n, count, kernel.noise) };
}
