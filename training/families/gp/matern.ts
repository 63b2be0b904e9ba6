const ROOT_5 = Math.sqrt(5);

/** The Matern kernel of smoothness 5/2, of amplitude one. @param r2 squared distance in lengths */
export function matern(r2: number): number {
  const r = Math.sqrt(r2);
  return (1 + ROOT_5 * r + (5 / 3) * r2) * Math.exp(-ROOT_5 * r);
}

/** Its derivative by the squared distance. */
export function maternSlope(r2: number): number {
  const r = Math.sqrt(r2);
  return -(5 / 6) * (1 + ROOT_5 * r) * Math.exp(-ROOT_5 * r);
}

/** Squared distance between rows of two [rows, columns]. */
export function squaredDistance(a: Float64Array, i: number, b: Float64Array, j: number, columns: number): number {
  let sum = 0;
  for (let d = 0; d < columns; d++) sum += (a[i * columns + d]! - b[j * columns + d]!) ** 2;
  return sum;
}
