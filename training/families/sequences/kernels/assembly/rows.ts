// What is done to each row of a matrix on its own. `columns` is a multiple of 4.

import { LANE_BYTES, sumLanes } from "./vector";

const EPSILON: f32 = 1e-5;

// Layer normalisation (Ba et al. 2016): y = (x - mean) / sqrt(variance + 1e-5) * gain + bias, over each row's columns.
// standard [rows, columns] and inverse [rows], of the deviation, are kept for the way back.
export function normaliseRows(rows: i32, columns: i32, x: usize, gain: usize, bias: usize, y: usize, standard: usize, inverse: usize): void {
  const width = <usize>columns << 2;
  for (let row = 0; row < rows; row++, x += width, y += width, standard += width, inverse += 4) {
    let sum = f32x4.splat(0), square = f32x4.splat(0);
    for (let lane: usize = 0; lane < width; lane += LANE_BYTES) sum = f32x4.add(sum, v128.load(x + lane));
    const mean = f32x4.splat(sumLanes(sum) / <f32>columns);
    for (let lane: usize = 0; lane < width; lane += LANE_BYTES) {
      const d = f32x4.sub(v128.load(x + lane), mean);
      square = f32x4.add(square, f32x4.mul(d, d));
    }
    const factor: f32 = 1 / sqrt(sumLanes(square) / <f32>columns + EPSILON);
    f32.store(inverse, factor);
    for (let lane: usize = 0; lane < width; lane += LANE_BYTES) {
      const s = f32x4.mul(f32x4.sub(v128.load(x + lane), mean), f32x4.splat(factor));
      v128.store(standard + lane, s);
      v128.store(y + lane, f32x4.add(f32x4.mul(s, v128.load(gain + lane)), v128.load(bias + lane)));
    }
  }
}

// Adds the loss's gradient by x, by the gain and by the bias, from slopes [rows, columns] by y.
export function normaliseRowsBackward(
  rows: i32, columns: i32, slopes: usize, gain: usize, standard: usize, inverse: usize,
  xSlopes: usize, gainSlopes: usize, biasSlopes: usize,
): void {
  const width = <usize>columns << 2;
  for (let row = 0; row < rows; row++, slopes += width, standard += width, xSlopes += width, inverse += 4) {
    let sum = f32x4.splat(0), product = f32x4.splat(0);
    for (let lane: usize = 0; lane < width; lane += LANE_BYTES) {
      const d = v128.load(slopes + lane), s = v128.load(standard + lane);
      const g = f32x4.mul(d, v128.load(gain + lane));
      sum = f32x4.add(sum, g);
      product = f32x4.add(product, f32x4.mul(g, s));
      v128.store(gainSlopes + lane, f32x4.add(v128.load(gainSlopes + lane), f32x4.mul(d, s)));
      v128.store(biasSlopes + lane, f32x4.add(v128.load(biasSlopes + lane), d));
    }
    const mean = f32x4.splat(sumLanes(sum) / <f32>columns), along = f32x4.splat(sumLanes(product) / <f32>columns);
    const factor = f32x4.splat(f32.load(inverse));
    for (let lane: usize = 0; lane < width; lane += LANE_BYTES) {
      const g = f32x4.mul(v128.load(slopes + lane), v128.load(gain + lane));
      const own = f32x4.sub(f32x4.sub(g, mean), f32x4.mul(v128.load(standard + lane), along));
      v128.store(xSlopes + lane, f32x4.add(v128.load(xSlopes + lane), f32x4.mul(own, factor)));
    }
  }
}

// x = max(x, 0), over `length` numbers, a multiple of 4.
export function rectify(length: i32, x: usize): void {
  const end = x + (<usize>length << 2);
  for (; x < end; x += LANE_BYTES) v128.store(x, f32x4.max(v128.load(x), f32x4.splat(0)));
}

// slopes = 0 where rectify gave 0.
export function rectifyBackward(length: i32, rectified: usize, slopes: usize): void {
  const end = slopes + (<usize>length << 2);
  for (; slopes < end; slopes += LANE_BYTES, rectified += LANE_BYTES) {
    const open = f32x4.gt(v128.load(rectified), f32x4.splat(0));
    v128.store(slopes, v128.and(v128.load(slopes), open));
  }
}

// y += x, over `length` numbers, a multiple of 4.
export function addNumbers(length: i32, x: usize, y: usize): void {
  const end = y + (<usize>length << 2);
  for (; y < end; y += LANE_BYTES, x += LANE_BYTES) v128.store(y, f32x4.add(v128.load(y), v128.load(x)));
}
