/** The lower triangle L of a symmetric positive definite matrix A = L Lᵀ, row by row in a square array [n, n]. */
export type Cholesky = Float64Array;

/**
 * @param matrix [n, n] row by row; only its lower triangle is read
 * @returns null if the matrix is not positive definite, as of more unknowns than measurements
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

/** Overwrites b with x of L x = b. */
function forwardSubstitute(factor: Cholesky, b: Float64Array): Float64Array {
  const n = b.length;
  for (let row = 0; row < n; row++) {
    let sum = b[row]!;
    for (let k = 0; k < row; k++) sum -= factor[row * n + k]! * b[k]!;
    b[row] = sum / factor[row * n + row]!;
  }
  return b;
}

/** @param b overwritten @returns bᵀ A⁻¹ b */
export function forwardSquares(factor: Cholesky, b: Float64Array): number {
  forwardSubstitute(factor, b);
  let sum = 0;
  for (let row = 0; row < b.length; row++) sum += b[row]! * b[row]!;
  return sum;
}

/** Overwrites b with x of Lᵀ x = b. */
function backwardSubstitute(factor: Cholesky, b: Float64Array): Float64Array {
  const n = b.length;
  for (let row = n - 1; row >= 0; row--) {
    let sum = b[row]!;
    for (let k = row + 1; k < n; k++) sum -= factor[k * n + row]! * b[k]!;
    b[row] = sum / factor[row * n + row]!;
  }
  return b;
}

/** @returns x of A x = b */
export function choleskySolve(factor: Cholesky, b: ArrayLike<number>): Float64Array {
  return backwardSubstitute(factor, forwardSubstitute(factor, Float64Array.from(b)));
}

/**
 * The inverse of a lower triangle, transposed, so that its columns are contiguous.
 *
 * @returns (L⁻¹)ᵀ, [n, n] row by row
 */
export function inverseTriangle(factor: Cholesky, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  for (let col = 0; col < n; col++) {
    const own = col * n;
    for (let row = col; row < n; row++) {
      const at = row * n;
      let sum = row === col ? 1 : 0;
      for (let k = col; k < row; k++) sum -= factor[at + k]! * inverse[own + k]!;
      inverse[own + row] = sum / factor[at + row]!;
    }
  }
  return inverse;
}

/** @returns A⁻¹, [n, n] */
export function choleskyInverse(factor: Cholesky, n: number): Float64Array {
  const columns = inverseTriangle(factor, n);
  const inverse = new Float64Array(n * n);
  for (let row = 0; row < n; row++) {
    for (let col = 0; col <= row; col++) {
      let sum = 0;
      for (let k = row; k < n; k++) sum += columns[row * n + k]! * columns[col * n + k]!;
      inverse[row * n + col] = sum;
      inverse[col * n + row] = sum;
    }
  }
  return inverse;
}

/**
 * bᵀ A⁻¹ b: of normal equations, the weighted sum of squares that the fit explains. Both arguments are overwritten,
 * so that a scan over many small systems allocates nothing.
 *
 * @param matrix [n, n] row by row, lower triangle
 * @param b [n]
 * @returns 0 if the matrix is not positive definite
 */
export function explainedSquares(matrix: Float64Array, b: Float64Array, n: number): number {
  let explained = 0;
  for (let row = 0; row < n; row++) {
    let right = b[row]!;
    let pivot = matrix[row * n + row]!;
    const smallest = 1e-9 * pivot;
    for (let col = 0; col < row; col++) {
      let sum = matrix[row * n + col]!;
      for (let k = 0; k < col; k++) sum -= matrix[row * n + k]! * matrix[col * n + k]!;
      const entry = sum / matrix[col * n + col]!;
      matrix[row * n + col] = entry;
      pivot -= entry * entry;
      right -= entry * b[col]!;
    }
    if (!(pivot > smallest)) return 0;
    const root = Math.sqrt(pivot);
    matrix[row * n + row] = root;
    b[row] = right / root;
    explained += b[row]! * b[row]!;
  }
  return explained;
}
