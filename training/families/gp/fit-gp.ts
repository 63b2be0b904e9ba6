import { choleskyFactor, choleskySolve, inverseTriangle } from "../../../src/science/cholesky";
import { mean, median } from "../../../src/science/statistics";
import { randomFor, shuffle } from "../../fit/draws";
import type { FitTask } from "../../fit/family";
import type { GpSettings } from "./gp-settings";
import { type ChosenKernel, findHyperparameters, type Hyperparameters } from "./hyperparameters";
import { inLengthScales, matern, type Points, rowsOf, squaredDistances } from "./kernel";

/** What is kept of the training stars. */
export interface GpFit {
  /** places among the prepared inputs of those that the covariance looks at */
  readonly used: Int32Array;
  readonly lengths: readonly number[];
  readonly signal: number;
  readonly noise: number;
  /** [points, used] in length scales */
  readonly points: Float64Array;
  /** [outputs][points] weight of each star's covariance */
  readonly weights: readonly Float64Array[];
  /** [outputs] what is said far from every star */
  readonly means: readonly number[];
  /** [anchors] some of the points, by which it is told how far a star is from all of them */
  readonly anchors: Int32Array;
  /** [anchors, anchors] inverse of the lower triangle of their covariance, transposed */
  readonly whitening: Float64Array;
  readonly isQuantity: boolean;
}

const JITTER = 1e-6;
/** Labels further from the mean than so many standard deviations count as that far. */
const FARTHEST = 6;
/** A residual beyond so many of their scatter makes a star's label uncertain. */
const OUTLYING = 1.5;
const ROBUST_ROUNDS = 2;
const ANCHORS = 150;
/** An input that fewer of the stars lack has no flag: too few tell what its absence means. */
const RARELY_MISSING = 0.003;
/** Median absolute deviation to standard deviation of a Gaussian. */
const TO_SIGMA = 1.4826;

/** The values of all inputs, and the flags of those that are missing now and then. */
function usedColumns({ prepared, columns }: FitTask<GpSettings>, rows: Int32Array): Int32Array {
  const width = 2 * columns;
  const share = (column: number) => mean(Float64Array.from(rows, (row) => prepared[row * width + column]!));
  return Int32Array.from({ length: width }, (_, column) => column).filter((column) => column < columns || share(column) > RARELY_MISSING);
}

function pointsOf({ prepared, columns }: FitTask<GpSettings>, rows: Int32Array, used: Int32Array): Points {
  const values = new Float64Array(rows.length * used.length);
  rows.forEach((row, point) => {
    used.forEach((column, at) => {
      values[point * used.length + at] = prepared[row * 2 * columns + column]!;
    });
  });
  return { values, size: used.length };
}

/** [outputs][rows] the quantity, or for each class 1 where a star is of it. */
function labelsOf({ target }: FitTask<GpSettings>, rows: Int32Array): Float64Array[] {
  if (target.kind === "quantity") return [Float64Array.from(rows, (row) => Math.max(-FARTHEST, Math.min(FARTHEST, target.values[row]!)))];
  return Array.from({ length: target.classes }, (_, index) => Float64Array.from(rows, (row) => Number(target.values[row] === index)));
}

const centred = (label: Float64Array): Float64Array => {
  const middle = mean(label);
  return label.map((value) => value - middle);
};

const scatter = (label: Float64Array): number => Math.sqrt(mean(label.map((value) => value * value)));

/** Finds the covariance's length scales on some of the stars; of classes, by the one that most varies. */
export function chooseGp(task: FitTask<GpSettings>, onStep: (step: number, value: number) => boolean): GpSettings {
  const rows = shuffle(Int32Array.from(task.train), randomFor("shuffle", task.seed)).subarray(0, task.settings.chosenOn);
  const used = usedColumns(task, task.train);
  const labels = labelsOf(task, rows).map(centred);
  const label = labels.reduce((best, one) => (scatter(one) > scatter(best) ? one : best));
  const unit = scatter(label) || 1;
  const found = findHyperparameters(
    pointsOf(task, rows, used),
    label.map((value) => value / unit),
    task.settings.steps,
    onStep,
  );
  const kernel: ChosenKernel = { ...found, used, signal: found.signal * unit ** 2, noise: found.noise * unit ** 2 };
  return { ...task.settings, kernel };
}

const covarianceOf = (a: Points, b: Points, signal: number): Float64Array =>
  squaredDistances(a, b).map((squared) => signal * matern(squared));

/** Stars whose labels lie far from what the others say of them get more noise. */
function robustNoise(residuals: Float64Array, noise: number) {
  const sigma = TO_SIGMA * median(residuals.map(Math.abs)) || 1;
  return residuals.map((residual) => noise * Math.max(1, Math.abs(residual) / (OUTLYING * sigma)));
}

/** @returns the diagonal of the inverse of the matrix that was factored */
function inverseDiagonal(factor: Float64Array, rows: number): Float64Array {
  const columns = inverseTriangle(factor, rows);
  return Float64Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let k = row; k < rows; k++) sum += columns[row * rows + k]! ** 2;
    return sum;
  });
}

/** Exact: (K + noise)^-1 y, with leave-one-out residuals alpha_i / (K^-1)_ii (Rasmussen & Williams 2006, eq. 5.12). */
function exactWeights(points: Points, label: Float64Array, { signal, noise }: Hyperparameters): Float64Array {
  const rows = rowsOf(points);
  const kernel = covarianceOf(points, points, signal);
  let noises: Float64Array = new Float64Array(rows).fill(noise);
  for (let round = 0; ; round++) {
    const covariance = kernel.slice();
    for (let row = 0; row < rows; row++) covariance[row * rows + row]! += noises[row]! + JITTER * signal;
    const factor = choleskyFactor(covariance, rows)!;
    const alpha = choleskySolve(factor, label);
    if (round === ROBUST_ROUNDS) return alpha;
    const diagonal = inverseDiagonal(factor, rows);
    noises = robustNoise(
      alpha.map((one, row) => one / diagonal[row]!),
      noise,
    );
  }
}

/** Subset of regressors: (Kmn W Knm + Kmm)^-1 Kmn W y with W = 1 / noise (Rasmussen & Williams 2006, eq. 8.14). */
function projectedWeights(inducing: Points, points: Points, label: Float64Array, { signal, noise }: Hyperparameters): Float64Array {
  const [size, rows] = [rowsOf(inducing), rowsOf(points)];
  const cross = covarianceOf(points, inducing, signal);
  const matrix = covarianceOf(inducing, inducing, signal);
  const right = new Float64Array(size);
  for (let row = 0; row < rows; row++) {
    const at = row * size;
    for (let i = 0; i < size; i++) {
      const weighted = cross[at + i]! / noise;
      right[i]! += weighted * label[row]!;
      for (let j = 0; j <= i; j++) matrix[i * size + j]! += weighted * cross[at + j]!;
    }
  }
  for (let i = 0; i < size; i++) matrix[i * size + i]! += JITTER * signal * (1 + rows);
  return choleskySolve(choleskyFactor(matrix, size)!, right);
}

/** Whitens the covariances of a star with the anchors: their squares then add up to what the anchors say of it. */
function whiteningOf(anchors: Points, { signal, noise }: Hyperparameters): Float64Array {
  const size = rowsOf(anchors);
  const covariance = covarianceOf(anchors, anchors, signal);
  for (let i = 0; i < size; i++) covariance[i * size + i]! += noise;
  const factor = choleskyFactor(covariance, size)!;
  return inverseTriangle(factor, size);
}

/** Fits the process on the training rows. */
export function fitGp(task: FitTask<GpSettings>): GpFit {
  const { settings, seed } = task;
  const kernel = settings.kernel ?? chooseGp(task, () => false).kernel!;
  const order = shuffle(Int32Array.from(task.train), randomFor("shuffle", seed));
  const { used } = kernel;
  const all = inLengthScales(pointsOf(task, order, used), kernel.lengths);
  const isExact = order.length <= settings.exact;
  const inducing = isExact ? all : { size: all.size, values: all.values.slice(0, settings.inducing * all.size) };
  const labels = labelsOf(task, order);
  const weights = labels
    .map(centred)
    .map((label) => (isExact ? exactWeights(all, label, kernel) : projectedWeights(inducing, all, label, kernel)));
  const anchors = Int32Array.from({ length: Math.min(ANCHORS, rowsOf(inducing)) }, (_, index) => index);
  const near = { size: inducing.size, values: inducing.values.slice(0, anchors.length * inducing.size) };
  return {
    ...{ used, lengths: kernel.lengths, signal: kernel.signal, noise: kernel.noise },
    points: Float64Array.from(inducing.values),
    weights,
    means: labels.map(mean),
    anchors,
    whitening: whiteningOf(near, kernel),
    isQuantity: task.target.kind === "quantity",
  };
}
