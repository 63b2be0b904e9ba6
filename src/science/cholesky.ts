/** The lower triangle L of a symmetric positive definite matrix A = L Lᵀ, row by row in a square array [n, n]. */
export type Cholesky = Float64Array;

/**
 * @param matrix [n, n] row by row; only its lower triangle is read
 * @returns null where the matrix is not positive definite, as of more unknowns than measurements
 */
export function choleskyFactor(matrix: ArrayLike<number>, n: number): Cholesky | null {
  const factor = new Float64Array(n * n);
  for (let row = 0; row < n; row++) {
    for (let col = 0; col <= row; col++) {
      let sum = matrix[row * n + col]!;
      for (let k = 0; k < col; k++) sum -= factor[row * n + k]! * factor[col * n + k]!;
      // Relative to the diagonal: what is left of it by rounding alone is no pivot.
      if (row === col && !(sum > 1e-13 * matrix[row * n + row]!)) return null;
      factor[row * n + col] = row === col ? Math.sqrt(sum) : sum / factor[col * n + col]!;
    }
  }
  return factor;
}

/** @returns x of L x = b */
export function forwardSolve(factor: Cholesky, b: ArrayLike<number>): Float64Array {
  const n = b.length;
  const x = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    let sum = b[row]!;
    for (let k = 0; k < row; k++) sum -= factor[row * n + k]! * x[k]!;
    x[row] = sum / factor[row * n + row]!;
  }
  return x;
}

/** @returns x of Lᵀ x = b */
function backwardSolve(factor: Cholesky, b: ArrayLike<number>): Float64Array {
  const n = b.length;
  const x = new Float64Array(n);
  for (let row = n - 1; row >= 0; row--) {
    let sum = b[row]!;
    for (let k = row + 1; k < n; k++) sum -= factor[k * n + row]! * x[k]!;
    x[row] = sum / factor[row * n + row]!;
  }
  return x;
}

/** @returns x of A x = b */
export function choleskySolve(factor: Cholesky, b: ArrayLike<number>): Float64Array {
  return backwardSolve(factor, forwardSolve(factor, b));
}

/** @returns A⁻¹, [n, n] */
export function choleskyInverse(factor: Cholesky, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  for (let col = 0; col < n; col++) {
    const unit = new Float64Array(n);
    unit[col] = 1;
    inverse.set(choleskySolve(factor, unit), col * n); // symmetric: a column is a row
  }
  return inverse;
}
