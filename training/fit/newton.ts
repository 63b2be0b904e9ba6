import { choleskyFactor, choleskySolve } from "../../src/science/cholesky";

/** A loss that is convex in a row's linear predictor. */
export interface RowLoss {
  readonly value: number;
  readonly gradient: number;
  /** second derivative, not negative */
  readonly curvature: number;
}

/** sum over rows of loss(offset + x beta) + ridge beta^2 / 2, to be made as small as possible. */
export interface LinearProblem {
  /** [rows, size] */
  readonly terms: Float64Array;
  readonly size: number;
  /** [rows] added to each row's predictor; null: nothing */
  readonly offset: Float64Array | null;
  /** [size] */
  readonly ridge: Float64Array;
  loss(predictor: number, row: number): RowLoss;
}

const MOST_STEPS = 50;
/** Share of the loss by which a step has to lower it for another to be worth while. */
const ENOUGH = 1e-9;

/** @returns [rows] offset + x beta */
export function predictorOf({ terms, size, offset }: Pick<LinearProblem, "terms" | "size" | "offset">, beta: Float64Array): Float64Array {
  return Float64Array.from({ length: terms.length / size }, (_, row) => {
    let sum = offset === null ? 0 : offset[row]!;
    for (let j = 0; j < size; j++) sum += terms[row * size + j]! * beta[j]!;
    return sum;
  });
}

function totalLoss(problem: LinearProblem, beta: Float64Array): number {
  let sum = 0;
  predictorOf(problem, beta).forEach((predictor, row) => {
    sum += problem.loss(predictor, row).value;
  });
  return sum + beta.reduce((penalty, value, j) => penalty + (problem.ridge[j]! * value * value) / 2, 0);
}

/** @returns the Newton step at beta, or null where the curvature is not positive definite */
function newtonStep(problem: LinearProblem, beta: Float64Array): Float64Array | null {
  const { terms, size, ridge } = problem;
  const gradient = beta.map((value, j) => ridge[j]! * value);
  const curvature = new Float64Array(size * size);
  predictorOf(problem, beta).forEach((predictor, row) => {
    const loss = problem.loss(predictor, row);
    const x = terms.subarray(row * size, (row + 1) * size);
    for (let i = 0; i < size; i++) {
      gradient[i]! += loss.gradient * x[i]!;
      const weight = loss.curvature * x[i]!;
      if (weight !== 0) for (let j = 0; j <= i; j++) curvature[i * size + j]! += weight * x[j]!;
    }
  });
  // What no row tells anything of stays where it is.
  for (let i = 0; i < size; i++) curvature[i * size + i]! += ridge[i]! + 1e-9;
  const factor = choleskyFactor(curvature, size);
  return factor && choleskySolve(factor, gradient);
}

/** @returns [size] the beta at which the loss is least, by Newton's method with halved steps */
export function minimiseLinear(problem: LinearProblem, start: Float64Array): Float64Array {
  let beta = start;
  let cost = totalLoss(problem, beta);
  for (let step = 0; step < MOST_STEPS; step++) {
    const direction = newtonStep(problem, beta);
    if (direction === null) return beta;
    let length = 1;
    let next = beta;
    let nextCost = Number.POSITIVE_INFINITY;
    for (; length > 1e-4 && !(nextCost < cost); length /= 2) {
      next = beta.map((value, j) => value - length * direction[j]!);
      nextCost = totalLoss(problem, next);
    }
    if (!(nextCost < cost)) return beta;
    const gain = cost - nextCost;
    [beta, cost] = [next, nextCost];
    if (gain < ENOUGH * Math.abs(cost)) return beta;
  }
  return beta;
}
