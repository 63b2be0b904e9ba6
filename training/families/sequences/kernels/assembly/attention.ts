// Scaled dot-product attention (Vaswani et al. 2017) within each sequence of a ragged batch, head by head; see gru.ts
// for how sequences lie in memory. A row of `projected` [rows, 3 width] holds a point's query, key and value; each
// head has its own `size` columns of each, a multiple of 4.

import { addVectorProduct } from "./products";
import { exp4, LANE_BYTES, sumLanes } from "./vector";

@inline
function dot(a: usize, b: usize, size: i32): f32 {
  let sum = f32x4.mul(v128.load(a), v128.load(b));
  for (let lane: usize = LANE_BYTES; lane < <usize>size << 2; lane += LANE_BYTES) sum = f32x4.add(sum, f32x4.mul(v128.load(a + lane), v128.load(b + lane)));
  return sumLanes(sum);
}

// y[0..size) += factor x[0..size)
@inline
function addScaled(y: usize, factor: f32, x: usize, size: i32): void {
  const factors = f32x4.splat(factor);
  for (let lane: usize = 0; lane < <usize>size << 2; lane += LANE_BYTES) v128.store(y + lane, f32x4.add(v128.load(y + lane), f32x4.mul(factors, v128.load(x + lane))));
}

@inline
function roundedUp(length: i32): i32 {
  return (length + 3) & ~3;
}

// In place, over `length` numbers; the up to 3 numbers behind them become 0.
function softmax(x: usize, length: i32): void {
  const end = x + (<usize>length << 2), padded = x + (<usize>roundedUp(length) << 2);
  let largest = f32.load(x);
  for (let at = x; at < end; at += 4) largest = max(largest, f32.load(at));
  for (let at = end; at < padded; at += 4) f32.store(at, -f32.MAX_VALUE);
  const shift = f32x4.splat(largest);
  let sums = f32x4.splat(0);
  for (let at = x; at < padded; at += LANE_BYTES) {
    const e = exp4(f32x4.sub(v128.load(at), shift));
    v128.store(at, e);
    sums = f32x4.add(sums, e);
  }
  // What stands behind the end is e^-87 or less: nothing beside the largest, which is 1.
  const share = f32x4.splat(1 / sumLanes(sums));
  for (let at = x; at < padded; at += LANE_BYTES) v128.store(at, f32x4.mul(v128.load(at), share));
  for (let at = end; at < padded; at += 4) f32.store(at, 0);
}

// attention: for each sequence and head a square of weights, rows rounded up to 4 numbers. mixed [rows, width]: the result.
export function attentionForward(sequences: i32, starts: usize, heads: i32, size: i32, projected: usize, attention: usize, mixed: usize): void {
  const width = heads * size;
  const stride = 3 * width;
  const scale: f32 = 1 / sqrt(<f32>size);
  for (let sequence = 0; sequence < sequences; sequence++, starts += 4) {
    const first = i32.load(starts), length = i32.load(starts, 4) - first;
    for (let head = 0; head < heads; head++) {
      const query = projected + ((<usize>first * <usize>stride + <usize>(head * size)) << 2);
      const key = query + (<usize>width << 2), value = key + (<usize>width << 2);
      const out = mixed + ((<usize>first * <usize>width + <usize>(head * size)) << 2);
      for (let row = 0; row < length; row++, attention += <usize>roundedUp(length) << 2) {
        const q = query + ((<usize>row * <usize>stride) << 2);
        for (let other = 0; other < length; other++) {
          f32.store(attention + (<usize>other << 2), scale * dot(q, key + ((<usize>other * <usize>stride) << 2), size));
        }
        softmax(attention, length);
        const y = out + ((<usize>row * <usize>width) << 2);
        memory.fill(y, 0, <usize>size << 2);
        addVectorProduct(y, attention, length, value, stride, size);
      }
    }
  }
}

// slopes [rows, width]: the loss's gradient by what attentionForward mixed. projectedSlopes [rows, 3 width]: that by the
// projections, written from zero. scratch: as many numbers as the longest sequence, rounded up.
export function attentionBackward(
  sequences: i32, starts: usize, heads: i32, size: i32,
  projected: usize, attention: usize, slopes: usize, projectedSlopes: usize, scratch: usize,
): void {
  const width = heads * size;
  const stride = 3 * width;
  const scale: f32 = 1 / sqrt(<f32>size);
  const part = <usize>width << 2;
  for (let sequence = 0; sequence < sequences; sequence++, starts += 4) {
    const first = i32.load(starts), length = i32.load(starts, 4) - first;
    memory.fill(projectedSlopes + ((<usize>first * <usize>stride) << 2), 0, (<usize>length * <usize>stride) << 2);
    for (let head = 0; head < heads; head++) {
      const at = (<usize>first * <usize>stride + <usize>(head * size)) << 2;
      const slope = slopes + ((<usize>first * <usize>width + <usize>(head * size)) << 2);
      for (let row = 0; row < length; row++, attention += <usize>roundedUp(length) << 2) {
        const offset = at + ((<usize>row * <usize>stride) << 2);
        attendBackward(length, size, stride, part, projected + at, projectedSlopes + at, projected + offset, projectedSlopes + offset,
          attention, slope + ((<usize>row * <usize>width) << 2), scale, scratch);
      }
    }
  }
}

// One query: `all` and `allSlopes` are the sequence's first query of this head, `q` and `qSlope` this one.
function attendBackward(
  length: i32, size: i32, stride: i32, part: usize,
  all: usize, allSlopes: usize, q: usize, qSlope: usize, attention: usize, slope: usize, scale: f32, scratch: usize,
): void {
  const row = <usize>stride << 2;
  let mean: f32 = 0;
  for (let other = 0, value = all + 2 * part, valueSlope = allSlopes + 2 * part; other < length; other++, value += row, valueSlope += row) {
    const weight = f32.load(attention + (<usize>other << 2));
    const byWeight = dot(slope, value, size);
    f32.store(scratch + (<usize>other << 2), byWeight);
    mean += weight * byWeight;
    addScaled(valueSlope, weight, slope, size);
  }
  for (let other = 0, key = all + part, keySlope = allSlopes + part; other < length; other++, key += row, keySlope += row) {
    const byScore = scale * f32.load(attention + (<usize>other << 2)) * (f32.load(scratch + (<usize>other << 2)) - mean);
    addScaled(qSlope, byScore, key, size);
    addScaled(keySlope, byScore, q, size);
  }
}
