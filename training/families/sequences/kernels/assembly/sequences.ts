// What is done to each sequence of a ragged batch as a whole; see gru.ts for how they lie in memory.

import { LANE_BYTES } from "./vector";

// Every row of a sequence times that sequence's factors: X[rows, width] *= factors[sequences, width].
export function scaleSequences(sequences: i32, starts: usize, columns: i32, factors: usize, x: usize): void {
  const width = <usize>columns << 2;
  for (let sequence = 0; sequence < sequences; sequence++, starts += 4, factors += width) {
    for (let row = i32.load(starts); row < i32.load(starts, 4); row++) {
      const at = x + <usize>row * width;
      for (let lane: usize = 0; lane < width; lane += LANE_BYTES) {
        v128.store(at + lane, f32x4.mul(v128.load(at + lane), v128.load(factors + lane)));
      }
    }
  }
}

// The mean of each sequence's rows: pooled[sequences, width] from X[rows, width].
export function poolMean(sequences: i32, starts: usize, columns: i32, x: usize, pooled: usize): void {
  const width = <usize>columns << 2;
  for (let sequence = 0; sequence < sequences; sequence++, starts += 4, pooled += width) {
    const first = i32.load(starts), end = i32.load(starts, 4);
    const share = f32x4.splat(1 / <f32>max(1, end - first));
    for (let lane: usize = 0; lane < width; lane += LANE_BYTES) {
      let sum = f32x4.splat(0);
      for (let row = first; row < end; row++) sum = f32x4.add(sum, v128.load(x + <usize>row * width + lane));
      v128.store(pooled + lane, f32x4.mul(sum, share));
    }
  }
}

// The way back of poolMean: every row gets its share of its sequence's slope.
export function spreadMean(sequences: i32, starts: usize, columns: i32, slopes: usize, x: usize): void {
  const width = <usize>columns << 2;
  for (let sequence = 0; sequence < sequences; sequence++, starts += 4, slopes += width) {
    const first = i32.load(starts), end = i32.load(starts, 4);
    const share = f32x4.splat(1 / <f32>max(1, end - first));
    for (let lane: usize = 0; lane < width; lane += LANE_BYTES) {
      const slope = f32x4.mul(v128.load(slopes + lane), share);
      for (let row = first; row < end; row++) v128.store(x + <usize>row * width + lane, slope);
    }
  }
}
