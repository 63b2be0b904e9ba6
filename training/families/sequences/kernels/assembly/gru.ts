// A gated recurrent unit (Cho et al. 2014) along each sequence of a ragged batch, forward and back through time:
//   z = sigmoid(x Wz + h' Rz + bz)   r = sigmoid(x Wr + h' Rr + br)   c = tanh(x Wc + (r h') Rc + bc)   h = z h' + (1 - z) c
// with h' the state before. Sequences of a batch lie one behind the other, without padding; `starts` [sequences + 1] are
// the rows at which they begin. Reset acts before the product, as in TensorFlow.js.

import { addVectorProduct } from "./products";
import { LANE_BYTES, sigmoid4, sigmoidSlope4, tanh4, tanhSlope4 } from "./vector";

// gates [rows, 3 units]: x W + b on entry, z, r and c on return. recurrent [units, 3 units].
// states, before [rows, units]: h and h'. reset [rows, units]: r h'.
export function gruForward(
  sequences: i32, starts: usize, isReversed: bool, units: i32,
  gates: usize, recurrent: usize, states: usize, before: usize, reset: usize,
): void {
  const width = <usize>units << 2;
  for (let sequence = 0; sequence < sequences; sequence++, starts += 4) {
    const first = i32.load(starts), end = i32.load(starts, 4);
    let previous: usize = 0;
    for (let step = first; step < end; step++) {
      const row = <usize>(isReversed ? first + end - 1 - step : step) * width;
      const h = before + row;
      if (previous) memory.copy(h, previous, width);
      else memory.fill(h, 0, width);
      stepForward(units, gates + 3 * row, recurrent, h, reset + row, states + row);
      previous = states + row;
    }
  }
}

function stepForward(units: i32, gate: usize, recurrent: usize, h: usize, reset: usize, next: usize): void {
  const width = <usize>units << 2;
  addVectorProduct(gate, h, units, recurrent, 3 * units, 2 * units);
  for (let lane: usize = 0; lane < width; lane += LANE_BYTES) {
    const r = sigmoid4(v128.load(gate + width + lane));
    v128.store(gate + lane, sigmoid4(v128.load(gate + lane)));
    v128.store(gate + width + lane, r);
    v128.store(reset + lane, f32x4.mul(r, v128.load(h + lane)));
  }
  addVectorProduct(gate + 2 * width, reset, units, recurrent + 2 * width, 3 * units, units);
  for (let lane: usize = 0; lane < width; lane += LANE_BYTES) {
    const z = v128.load(gate + lane), c = tanh4(v128.load(gate + 2 * width + lane));
    v128.store(gate + 2 * width + lane, c);
    v128.store(next + lane, f32x4.add(c, f32x4.mul(z, f32x4.sub(v128.load(h + lane), c))));
  }
}

// gates: z, r and c on entry, the loss's gradient by what went into them on return. transposed [3 units, units].
// slopes [rows, units]: the loss's gradient by each state as the layers above see it. scratch [2 units].
export function gruBackward(
  sequences: i32, starts: usize, isReversed: bool, units: i32,
  gates: usize, transposed: usize, before: usize, slopes: usize, scratch: usize,
): void {
  const width = <usize>units << 2;
  for (let sequence = 0; sequence < sequences; sequence++, starts += 4) {
    const first = i32.load(starts), end = i32.load(starts, 4);
    memory.fill(scratch, 0, width);
    for (let step = first; step < end; step++) {
      const row = <usize>(isReversed ? step : first + end - 1 - step) * width;
      stepBackward(units, gates + 3 * row, transposed, before + row, slopes + row, scratch);
    }
  }
}

// carried [2 units]: the gradient by the state after this step on entry, by the state before it on return; then scratch.
function stepBackward(units: i32, gate: usize, transposed: usize, h: usize, slope: usize, carried: usize): void {
  const width = <usize>units << 2;
  const byReset = carried + width;
  const one = f32x4.splat(1);
  for (let lane: usize = 0; lane < width; lane += LANE_BYTES) {
    const z = v128.load(gate + lane), c = v128.load(gate + 2 * width + lane);
    const d = f32x4.add(v128.load(carried + lane), v128.load(slope + lane));
    v128.store(gate + lane, f32x4.mul(f32x4.mul(d, f32x4.sub(v128.load(h + lane), c)), sigmoidSlope4(z)));
    v128.store(gate + 2 * width + lane, f32x4.mul(f32x4.mul(d, f32x4.sub(one, z)), tanhSlope4(c)));
    v128.store(carried + lane, f32x4.mul(d, z));
  }
  memory.fill(byReset, 0, width);
  addVectorProduct(byReset, gate + 2 * width, units, transposed + 2 * <usize>units * width, units, units);
  for (let lane: usize = 0; lane < width; lane += LANE_BYTES) {
    const r = v128.load(gate + width + lane), d = v128.load(byReset + lane);
    v128.store(carried + lane, f32x4.add(v128.load(carried + lane), f32x4.mul(d, r)));
    v128.store(gate + width + lane, f32x4.mul(f32x4.mul(d, v128.load(h + lane)), sigmoidSlope4(r)));
  }
  addVectorProduct(carried, gate, 2 * units, transposed, units, units);
}
