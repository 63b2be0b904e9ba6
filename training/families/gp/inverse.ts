import type { Cholesky } from "../../../src/science/cholesky";

/** @returns the inverse of a lower triangle, row by row: each row is made of the rows above it */
export function invertLower(factor: Cholesky, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const row = inverse.subarray(i * n, i * n + i + 1);
    for (let k = 0; k < i; k++) {
      const share = factor[i * n + k]!;
      const above = inverse.subarray(k * n, k * n + k + 1);
      for (let j = 0; j <= k; j++) row[j]! -= share * above[j]!;
    }
    const pivot = factor[i * n + i]!;
    for (let j = 0; j < i; j++) row[j]! /= pivot;
    row[i] = 1 / pivot;
  }
  return inverse;
}

/** @returns A^-1 of A = L L', its lower triangle; all loops run along rows, as matrices of 1,000 rows need it */
export function inverseOf(factor: Cholesky, n: number): Float64Array {
  const lower = invertLower(factor, n);
  const inverse = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    const row = lower.subarray(k * n, k * n + k + 1);
    for (let i = 0; i <= k; i++) {
      const share = row[i]!;
      const out = inverse.subarray(i * n, i * n + i + 1);
      for (let j = 0; j <= i; j++) out[j]! += share * row[j]!;
    }
  }
  return inverse;
}
