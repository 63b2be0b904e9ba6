import { mean, ONE_SIGMA, quantile } from "../../src/science/statistics";
import type { OnnxModel, Value } from "../onnx/onnx-model";
import { type Answered, conditionsAt, emitTerms, spreadAt, type TermShape, termCount, termShapeOf, termsOf } from "./error-terms";
import { minimiseLinear, predictorOf, type RowLoss } from "./newton";

/** Stated errors, the same for every family: their logarithm is linear in the terms. */
export interface ErrorModel {
  readonly shape: TermShape;
  /** [terms] */
  readonly beta: Float64Array;
  /** the logarithm of the error is kept within these, of order one */
  readonly limits: readonly [number, number];
}

/** Degrees of freedom of the t distribution that residuals are taken to follow: their tails are longer than a Gaussian's. */
const FREEDOM = 4;
/** As if so many rows of order one spoke for no dependence: what few rows tell is not believed. */
const RIDGE = 4;
/**
 * Shares that are to lie within one and within two stated errors. Tails are long: where exactly 68% lie within one error,
 * 93% lie within two. The weights share this out: 5% too many within one are as bad as 2% too few within two.
 */
const COVERED = [
  { times: 1, share: ONE_SIGMA, weight: 0.4 },
  { times: 2, share: 0.9545, weight: 1 },
] as const;
/** Width over which "within" is counted smoothly, in the logarithm of the residual. */
const SMOOTHNESS = 0.05;
/** A residual of exactly nothing has no logarithm. */
const LEAST_RESIDUAL = 1e-6;
/** With fewer rows only one error, the same for all, is found. */
const FEWEST_ROWS = 40;

/** Minus the logarithm of a t distribution's density, of log sigma; convex in it. */
function surprise(logError: number, residual: number): RowLoss {
  const ratio = (residual / Math.exp(logError)) ** 2 / FREEDOM;
  return {
    value: logError + ((FREEDOM + 1) / 2) * Math.log1p(ratio),
    gradient: 1 - ((FREEDOM + 1) * ratio) / (1 + ratio),
    curvature: (2 * (FREEDOM + 1) * ratio) / (1 + ratio) ** 2,
  };
}

/** Least where the wanted shares of rows lie within one and two errors; what one has too many the other may have too few. */
function miscount(logError: number, logResidual: number): RowLoss {
  let [value, gradient, curvature] = [0, 0, 0];
  for (const { times, share, weight } of COVERED) {
    const above = (logResidual - logError - Math.log(times)) / SMOOTHNESS;
    const outside = 1 / (1 + Math.exp(-above));
    value += weight * SMOOTHNESS * (share * above + Math.max(0, -above) + Math.log1p(Math.exp(-Math.abs(above))));
    gradient += weight * (1 - share - outside);
    curvature += (weight * outside * (1 - outside)) / SMOOTHNESS;
  }
  return { value, gradient, curvature };
}

/** The dependence on value, spread and conditions, by likelihood. */
function fitDependence(terms: Float64Array, shape: TermShape, residuals: Float64Array): Float64Array {
  const size = termCount(shape);
  const ridge = new Float64Array(size).fill(RIDGE);
  ridge[0] = 0;
  const start = new Float64Array(size);
  start[0] = Math.log(Math.max(LEAST_RESIDUAL, quantile(residuals.map(Math.abs), ONE_SIGMA)));
  return minimiseLinear({ terms, size, offset: null, ridge, loss: (logError, row) => surprise(logError, residuals[row]!) }, start);
}

/** What is to be added for all rows, and with each condition, so that the stated errors cover what they say. */
function fitCoverage(terms: Float64Array, shape: TermShape, beta: Float64Array, residuals: Float64Array): Float64Array {
  const size = termCount(shape);
  const offset = predictorOf({ terms, size, offset: null }, beta);
  const [first, count] = [conditionsAt(shape), 1 + shape.conditionCount];
  const chosen = new Float64Array(offset.length * count);
  for (let row = 0; row < offset.length; row++) {
    chosen[row * count] = 1;
    chosen.set(terms.subarray(row * size + first, (row + 1) * size), row * count + 1);
  }
  const logs = residuals.map((residual) => Math.log(Math.max(LEAST_RESIDUAL, Math.abs(residual))));
  const ridge = new Float64Array(count).fill(RIDGE);
  ridge[0] = 0;
  const loss = (logError: number, row: number) => miscount(logError, logs[row]!);
  const added = minimiseLinear({ terms: chosen, size: count, offset, ridge, loss }, new Float64Array(count));
  return beta.map((value, j) => value + (j === 0 ? added[0]! : j >= first ? added[1 + j - first]! : 0));
}

/** One error for all rows. */
function constantModel(shape: TermShape, residuals: Float64Array): ErrorModel {
  const logError = Math.log(Math.max(LEAST_RESIDUAL, quantile(residuals.map(Math.abs), ONE_SIGMA)));
  const beta = new Float64Array(termCount(shape));
  beta[0] = logError;
  return { shape, beta, limits: [logError, logError] };
}

/**
 * Learns how far rows are missed: by the spread of what answers, by the value, and by the conditions (what is missing).
 * First by likelihood, then so that 68% lie within one stated error and 95% within two, overall and with each condition.
 *
 * @param residuals [rows] answered minus known, of order one, by fits that the rows had no part in
 */
export function fitErrorModel(answered: Answered, residuals: Float64Array): ErrorModel {
  const shape = termShapeOf(answered);
  if (residuals.length < FEWEST_ROWS) return constantModel(shape, residuals);
  const terms = termsOf(shape, answered);
  const beta = fitDependence(terms, shape, residuals);
  // A spread that is larger where rows are missed by less is chance: it is left out.
  if (shape.spread && beta[spreadAt(shape)]! < 0) return fitErrorModel({ ...answered, variance: null }, residuals);
  const covering = fitCoverage(terms, shape, beta, residuals);
  const stated = predictorOf({ terms, size: termCount(shape), offset: null }, covering);
  // Beyond what was seen, an error may grow by e, and no error is smaller than nearly all that were seen.
  return { shape, beta: covering, limits: [quantile(stated, 0.005), quantile(stated, 1) + 1] };
}

/** @returns [rows] stated errors of order one */
export function statedErrorsOf({ shape, beta, limits }: ErrorModel, answered: Answered): Float64Array {
  const logErrors = predictorOf({ terms: termsOf(shape, answered), size: termCount(shape), offset: null }, beta);
  return logErrors.map((one) => Math.exp(Math.min(limits[1], Math.max(limits[0], one))));
}

/** Adds the stated error to a graph. @returns [N, 1] of order one */
export function emitError(graph: OnnxModel, model: ErrorModel, value: Value, variance: Value | null, conditions: Value): Value {
  const terms = emitTerms(graph, model.shape, value, variance, conditions);
  const logError = graph.add("MatMul", [terms, graph.constant([model.beta.length, 1], Float32Array.from(model.beta))]);
  return graph.add("Exp", [graph.add("Clip", [logError, graph.scalar(model.limits[0]), graph.scalar(model.limits[1])])]);
}

/** Shares of rows within one and within two stated errors. */
export function coverage(residuals: Float64Array, errors: Float64Array): { readonly one: number; readonly two: number } {
  const within = (times: number) =>
    mean(Float64Array.from(residuals, (residual, row) => Number(Math.abs(residual) <= times * errors[row]!)));
  return { one: within(1), two: within(2) };
}
