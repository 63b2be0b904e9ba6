import type { Cholesky } from "../../../src/science/cholesky";

/** Rows and columns that are worked on together: three blocks of 64 x 64 numbers fit a core's own cache. */
const BLOCK = 64;

/** Subtracts from block (I, J) of L the product of the blocks (I, K) and (J, K). */
function subtractProduct(l: Float64Array, n: number, i0: number, j0: number, k0: number): void {
  const [iEnd, jEnd, kEnd] = [Math.min(i0 + BLOCK, n), Math.min(j0 + BLOCK, n), k0 + BLOCK];
  for (let i = i0; i < iEnd; i++) {
    const row = i * n;
    // Two columns at once read the row once; the second may lie above the diagonal, where nothing is read.
    for (let j = j0; j < Math.min(jEnd, i + 1); j += 2) {
      const [one, two] = [j * n, Math.min(j + 1, n - 1) * n];
      let [first, second] = [0, 0];
      for (let k = k0; k < kEnd; k++) {
        const value = l[row + k]!;
        first += value * l[one + k]!;
        second += value * l[two + k]!;
      }
      l[row + j]! -= first;
      if (j + 1 < jEnd) l[row + j + 1]! -= second;
    }
  }
}

/** Finishes block (I, J), from which all blocks before J are taken. @returns whether its pivots are positive */
function finishBlock(l: Float64Array, n: number, i0: number, j0: number): boolean {
  for (let i = i0; i < Math.min(i0 + BLOCK, n); i++) {
    for (let j = j0; j < Math.min(j0 + BLOCK, n, i + 1); j++) {
      let sum = l[i * n + j]!;
      for (let k = j0; k < j; k++) sum -= l[i * n + k]! * l[j * n + k]!;
      if (i === j && !(sum > 0)) return false;
      l[i * n + j] = i === j ? Math.sqrt(sum) : sum / l[j * n + j]!;
    }
  }
  return true;
}

/**
 * The factor of a matrix of thousands of rows, block by block: its rows no longer fit the cache, and one dot product after
 * another would wait for memory.
 *
 * @param matrix [n, n] row by row, its lower triangle; overwritten
 * @returns null if it is not positive definite; above the diagonal there is no meaning
 */
export function blockedCholesky(matrix: Float64Array, n: number): Cholesky | null {
  for (let j0 = 0; j0 < n; j0 += BLOCK) {
    for (let i0 = j0; i0 < n; i0 += BLOCK) {
      for (let k0 = 0; k0 < j0; k0 += BLOCK) subtractProduct(matrix, n, i0, j0, k0);
      if (!finishBlock(matrix, n, i0, j0)) return null;
    }
  }
  return matrix;
}

/** Columns that are summed over together. */
const COLUMNS = 512;

/** @param rows [m, n] @returns [m, m] its products with itself, lower triangle */
export function productsOfRows(rows: Float64Array, m: number, n: number): Float64Array {
  const products = new Float64Array(m * m);
  for (let start = 0; start < n; start += COLUMNS) {
    const end = Math.min(n, start + COLUMNS);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let k = start; k < end; k++) sum += rows[i * n + k]! * rows[j * n + k]!;
        products[i * m + j]! += sum;
      }
    }
  }
  return products;
}
