// Matrix products on rows in memory. Sizes are in numbers, pointers in bytes. `columns` is a multiple of 4; `stride` is
// from one row of a matrix to the next, so that a part of its columns can be taken.

import { LANE_BYTES } from "./vector";

// sum + factor * lane
@inline
function fma(sum: v128, factor: v128, from: usize, offset: usize): v128 {
  return f32x4.add(sum, f32x4.mul(factor, v128.load(from + offset)));
}

// y[0..columns) += x[0..size) M[size, columns]: five lanes of sums stay in registers while M is read once, row by row.
export function addVectorProduct(y: usize, x: usize, size: i32, matrix: usize, stride: i32, columns: i32): void {
  const row = <usize>stride << 2;
  const xEnd = x + (<usize>size << 2);
  const yEnd = y + (<usize>columns << 2);
  while (y + 5 * LANE_BYTES <= yEnd) {
    let sum0 = v128.load(y), sum1 = v128.load(y, 16), sum2 = v128.load(y, 32), sum3 = v128.load(y, 48), sum4 = v128.load(y, 64);
    for (let at = x, m = matrix; at < xEnd; at += 4, m += row) {
      const factor = v128.load32_splat(at);
      sum0 = fma(sum0, factor, m, 0);
      sum1 = fma(sum1, factor, m, 16);
      sum2 = fma(sum2, factor, m, 32);
      sum3 = fma(sum3, factor, m, 48);
      sum4 = fma(sum4, factor, m, 64);
    }
    v128.store(y, sum0);
    v128.store(y, sum1, 16);
    v128.store(y, sum2, 32);
    v128.store(y, sum3, 48);
    v128.store(y, sum4, 64);
    y += 5 * LANE_BYTES;
    matrix += 5 * LANE_BYTES;
  }
  for (; y < yEnd; y += LANE_BYTES, matrix += LANE_BYTES) {
    let sum = v128.load(y);
    for (let at = x, m = matrix; at < xEnd; at += 4, m += row) sum = fma(sum, v128.load32_splat(at), m, 0);
    v128.store(y, sum);
  }
}

// Y[rows, columns] += X[rows, size] M[size, columns]
export function addProducts(rows: i32, size: i32, columns: i32, x: usize, matrix: usize, y: usize): void {
  for (let row = 0; row < rows; row++) {
    addVectorProduct(y, x, size, matrix, columns, columns);
    x += <usize>size << 2;
    y += <usize>columns << 2;
  }
}

// Each row of Y[rows, columns] = row[columns]
export function repeatRow(rows: i32, columns: i32, row: usize, y: usize): void {
  const width = <usize>columns << 2;
  for (let index = 0; index < rows; index++, y += width) memory.copy(y, row, width);
}

// The columns of one matrix become some of the columns of another; the pointers say which.
export function copyColumns(rows: i32, columns: i32, from: usize, fromStride: i32, to: usize, toStride: i32): void {
  const width = <usize>columns << 2;
  for (let row = 0; row < rows; row++) {
    memory.copy(to, from, width);
    from += <usize>fromStride << 2;
    to += <usize>toStride << 2;
  }
}

// M[size, columns] += X[rows, size]^T D[rows, columns], as the gradient of a kernel needs it: two rows of M at a time,
// so that each lane of D that is read serves twice.
export function addOuterProducts(
  rows: i32,
  size: i32,
  columns: i32,
  x: usize,
  d: usize,
  dStride: i32,
  matrix: usize,
  stride: i32,
): void {
  const width = <usize>columns << 2;
  let k = 0;
  for (; k + 2 <= size; k += 2) {
    const m = matrix + ((<usize>k * <usize>stride) << 2);
    let column: usize = 0;
    for (; column + 4 * LANE_BYTES <= width; column += 4 * LANE_BYTES)
      addTwoRows(rows, size, x + (<usize>k << 2), d + column, dStride, m + column, stride);
    for (; column < width; column += LANE_BYTES) {
      addLane(rows, size, x + (<usize>k << 2), d + column, dStride, m + column);
      addLane(rows, size, x + (<usize>(k + 1) << 2), d + column, dStride, m + (<usize>stride << 2) + column);
    }
  }
  if (k < size) {
    const m = matrix + ((<usize>k * <usize>stride) << 2);
    for (let column: usize = 0; column < width; column += LANE_BYTES)
      addLane(rows, size, x + (<usize>k << 2), d + column, dStride, m + column);
  }
}

// Four lanes of two rows of M.
function addTwoRows(rows: i32, size: i32, x: usize, d: usize, dStride: i32, m: usize, stride: i32): void {
  const n = m + (<usize>stride << 2);
  let a0 = v128.load(m), a1 = v128.load(m, 16), a2 = v128.load(m, 32), a3 = v128.load(m, 48);
  let b0 = v128.load(n), b1 = v128.load(n, 16), b2 = v128.load(n, 32), b3 = v128.load(n, 48);
  for (let row = 0; row < rows; row++) {
    const first = v128.load32_splat(x), second = v128.load32_splat(x, 4);
    const d0 = v128.load(d), d1 = v128.load(d, 16), d2 = v128.load(d, 32), d3 = v128.load(d, 48);
    a0 = f32x4.add(a0, f32x4.mul(first, d0));
    a1 = f32x4.add(a1, f32x4.mul(first, d1));
    a2 = f32x4.add(a2, f32x4.mul(first, d2));
    a3 = f32x4.add(a3, f32x4.mul(first, d3));
    b0 = f32x4.add(b0, f32x4.mul(second, d0));
    b1 = f32x4.add(b1, f32x4.mul(second, d1));
    b2 = f32x4.add(b2, f32x4.mul(second, d2));
    b3 = f32x4.add(b3, f32x4.mul(second, d3));
    x += <usize>size << 2;
    d += <usize>dStride << 2;
  }
  v128.store(m, a0);
  v128.store(m, a1, 16);
  v128.store(m, a2, 32);
  v128.store(m, a3, 48);
  v128.store(n, b0);
  v128.store(n, b1, 16);
  v128.store(n, b2, 32);
  v128.store(n, b3, 48);
}

function addLane(rows: i32, size: i32, x: usize, d: usize, dStride: i32, m: usize): void {
  let sum = v128.load(m);
  for (let row = 0; row < rows; row++) {
    sum = fma(sum, v128.load32_splat(x), d, 0);
    x += <usize>size << 2;
    d += <usize>dStride << 2;
  }
  v128.store(m, sum);
}

// total[columns] += the sum of the rows of D, as the gradient of a bias needs it.
export function addRows(rows: i32, columns: i32, d: usize, total: usize): void {
  const width = <usize>columns << 2;
  for (let column: usize = 0; column < width; column += LANE_BYTES) {
    let sum = v128.load(total + column);
    for (let row = 0, at = d + column; row < rows; row++, at += width) sum = f32x4.add(sum, v128.load(at));
    v128.store(total + column, sum);
  }
}

// T[columns, rows] = M[rows, columns]^T
export function transpose(rows: i32, columns: i32, m: usize, t: usize): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, m += 4) f32.store(t + ((<usize>column * <usize>rows + <usize>row) << 2), f32.load(m));
  }
}
