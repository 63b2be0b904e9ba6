// Long short-term memory (Hochreiter & Schmidhuber 1997; forget gate of Gers et al. 2000) along each sequence of a
// ragged batch, forward and back through time:
//   i, f, o = sigmoid(x W + h' R + b)   g = tanh(x Wg + h' Rg + bg)   cell = f cell' + i g   h = o tanh(cell)
// Gates are kept in the order i, f, g, o, as TensorFlow.js does. See gru.ts for how sequences lie in memory.

import { addVectorProduct } from "./products";
import { LANE_BYTES, sigmoid4, sigmoidSlope4, tanh4, tanhSlope4 } from "./vector";

// gates [rows, 4 units]: x W + b on entry, i, f, g and o on return. recurrent [units, 4 units].
// states, before, cellsBefore, squashed [rows, units]: h, h', cell' and tanh(cell). cell [units] is scratch.
export function lstmForward(
  sequences: i32, starts: usize, isReversed: bool, units: i32,
  gates: usize, recurrent: usize, states: usize, before: usize, cellsBefore: usize, squashed: usize, cell: usize,
): void {
  const width = <usize>units << 2;
  for (let sequence = 0; sequence < sequences; sequence++, starts += 4) {
    const first = i32.load(starts), end = i32.load(starts, 4);
    let previous: usize = 0;
    memory.fill(cell, 0, width);
    for (let step = first; step < end; step++) {
      const row = <usize>(isReversed ? first + end - 1 - step : step) * width;
      if (previous) memory.copy(before + row, previous, width);
      else memory.fill(before + row, 0, width);
      memory.copy(cellsBefore + row, cell, width);
      addVectorProduct(gates + 4 * row, before + row, units, recurrent, 4 * units, 4 * units);
      openGates(units, gates + 4 * row, cell, squashed + row, states + row);
      previous = states + row;
    }
  }
}

function openGates(units: i32, gate: usize, cell: usize, squashed: usize, next: usize): void {
  const width = <usize>units << 2;
  for (let lane: usize = 0; lane < width; lane += LANE_BYTES) {
    const at = gate + lane;
    const i = sigmoid4(v128.load(at)), f = sigmoid4(v128.load(at + width));
    const g = tanh4(v128.load(at + 2 * width)), o = sigmoid4(v128.load(at + 3 * width));
    v128.store(at, i);
    v128.store(at + width, f);
    v128.store(at + 2 * width, g);
    v128.store(at + 3 * width, o);
    const kept = f32x4.add(f32x4.mul(f, v128.load(cell + lane)), f32x4.mul(i, g));
    const t = tanh4(kept);
    v128.store(cell + lane, kept);
    v128.store(squashed + lane, t);
    v128.store(next + lane, f32x4.mul(o, t));
  }
}

// gates: i, f, g and o on entry, the loss's gradient by what went into them on return. transposed [4 units, units].
// slopes [rows, units]: the loss's gradient by each state as the layers above see it. scratch [2 units].
export function lstmBackward(
  sequences: i32, starts: usize, isReversed: bool, units: i32,
  gates: usize, transposed: usize, cellsBefore: usize, squashed: usize, slopes: usize, scratch: usize,
): void {
  const width = <usize>units << 2;
  for (let sequence = 0; sequence < sequences; sequence++, starts += 4) {
    const first = i32.load(starts), end = i32.load(starts, 4);
    memory.fill(scratch, 0, 2 * width);
    for (let step = first; step < end; step++) {
      const row = <usize>(isReversed ? step : first + end - 1 - step) * width;
      closeGates(units, gates + 4 * row, cellsBefore + row, squashed + row, slopes + row, scratch);
      memory.fill(scratch, 0, width);
      addVectorProduct(scratch, gates + 4 * row, 4 * units, transposed, units, units);
    }
  }
}

// carried [2 units]: the gradients by the state and by the cell after this step; that by the cell before it on return.
function closeGates(units: i32, gate: usize, cellBefore: usize, squashed: usize, slope: usize, carried: usize): void {
  const width = <usize>units << 2;
  for (let lane: usize = 0; lane < width; lane += LANE_BYTES) {
    const at = gate + lane;
    const i = v128.load(at), f = v128.load(at + width), g = v128.load(at + 2 * width), o = v128.load(at + 3 * width);
    const t = v128.load(squashed + lane);
    const byState = f32x4.add(v128.load(carried + lane), v128.load(slope + lane));
    const byCell = f32x4.add(v128.load(carried + width + lane), f32x4.mul(f32x4.mul(byState, o), tanhSlope4(t)));
    v128.store(at, f32x4.mul(f32x4.mul(byCell, g), sigmoidSlope4(i)));
    v128.store(at + width, f32x4.mul(f32x4.mul(byCell, v128.load(cellBefore + lane)), sigmoidSlope4(f)));
    v128.store(at + 2 * width, f32x4.mul(f32x4.mul(byCell, i), tanhSlope4(g)));
    v128.store(at + 3 * width, f32x4.mul(f32x4.mul(byState, t), sigmoidSlope4(o)));
    v128.store(carried + width + lane, f32x4.mul(byCell, f));
  }
}
