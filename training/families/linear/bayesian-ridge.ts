import { type Cholesky, choleskyFactor, choleskyInverse, choleskySolve } from "../../../src/science/cholesky";

/** Sums over weighted rows of terms x and values y. */
export interface NormalEquations {
  readonly size: number;
  /** [size, size] sum of x x', lower triangle */
  readonly products: Float64Array;
  /** [size] sum of x y */
  readonly right: Float64Array;
  /** sum of y y */
  readonly square: number;
  /** sum of the weights */
  readonly rows: number;
}

/** Posterior of the coefficients. */
export interface BayesianRidge {
  /** [size] */
  readonly mean: Float64Array;
  /** [size, size] lower triangle */
  readonly covariance: Float64Array;
  /** of a value about the relation */
  readonly noise: number;
  /** precision of the coefficients' prior */
  readonly shrinkage: number;
}

const ROUNDS = 12;
const ENOUGH = 1e-3;
/** The first term is 1: what it is multiplied by is not shrunk. */
const FREE = 1e-6;

/** The lower triangle of alpha I + beta X'X. */
function precision({ products, size }: NormalEquations, alpha: number, beta: number): Float64Array {
  const matrix = products.map((value) => beta * value);
  for (let i = 0; i < size; i++) matrix[i * size + i]! += i === 0 ? FREE : alpha;
  return matrix;
}

/** |y - X m|^2, from the sums alone. */
function missed({ products, right, square, size }: NormalEquations, m: Float64Array): number {
  let sum = square;
  for (let i = 0; i < size; i++) {
    sum -= 2 * m[i]! * right[i]!;
    for (let j = 0; j < i; j++) sum += 2 * m[i]! * m[j]! * products[i * size + j]!;
    sum += m[i]! * m[i]! * products[i * size + i]!;
  }
  return Math.max(sum, 1e-9 * square);
}

/**
 * Ridge regression whose shrinkage and noise maximise the evidence (MacKay 1992; Bishop 2006, section 3.5).
 *
 * @param isEnough asked after each round; true ends with what there is
 */
export function fitBayesianRidge(sums: NormalEquations, isEnough: (round: number, noise: number) => boolean): BayesianRidge {
  const { size, right, rows } = sums;
  let [alpha, beta] = [1, rows / Math.max(1e-9, sums.square)];
  let m = new Float64Array(size);
  let covariance = new Float64Array(0);
  for (let round = 1; round <= ROUNDS; round++) {
    const factor: Cholesky = choleskyFactor(precision(sums, alpha, beta), size)!;
    m = new Float64Array(choleskySolve(factor, right).map((value) => beta * value));
    covariance = new Float64Array(choleskyInverse(factor, size));
    let [trace, length] = [0, 0];
    for (let i = 1; i < size; i++) {
      trace += covariance[i * size + i]!;
      length += m[i]! * m[i]!;
    }
    const known = Math.max(1e-3, size - 1 - alpha * trace);
    const [nextAlpha, nextBeta] = [known / Math.max(1e-12, length), Math.max(1, rows - known) / missed(sums, m)];
    const moved = Math.abs(Math.log(nextAlpha / alpha)) + Math.abs(Math.log(nextBeta / beta));
    [alpha, beta] = [Math.min(1e8, Math.max(1e-8, nextAlpha)), nextBeta];
    if (isEnough(round, 1 / beta) || moved < ENOUGH) break;
  }
  return { mean: m, covariance, noise: 1 / beta, shrinkage: alpha };
}
