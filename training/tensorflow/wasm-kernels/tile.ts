import * as tf from "@tensorflow/tfjs";
import { heapView, replaceKernel, type WasmKernel } from "./wasm-kernel";

interface Attributes {
  readonly reps: readonly number[];
}

/** @returns whether the tensor's numbers, in order, are what is repeated: no axis within them is repeated on its own */
function repeatsWhole(shape: readonly number[], reps: readonly number[]): boolean {
  const firstLong = shape.findIndex((size) => size !== 1);
  return firstLong < 0 || reps.every((times, axis) => times === 1 || axis <= firstLong);
}

/** Tile along leading axes, as the gradient of a mean over rows needs it: copies that double, not a loop over indices. */
const byCopying =
  (original: WasmKernel<"x", Attributes>): WasmKernel<"x", Attributes> =>
  (call) => {
    const { inputs, backend, attrs } = call;
    const { shape, dtype } = inputs.x;
    if (dtype !== "float32" || attrs.reps.length !== shape.length || !repeatsWhole(shape, attrs.reps)) return original(call);
    const result = backend.makeOutput(
      shape.map((size, axis) => size * attrs.reps[axis]!),
      "float32",
    );
    const from = heapView(backend, inputs.x);
    const to = heapView(backend, result);
    to.set(from.subarray(0, Math.min(from.length, to.length)));
    for (let filled = from.length; filled > 0 && filled < to.length; filled *= 2) {
      to.copyWithin(filled, 0, Math.min(filled, to.length - filled));
    }
    return result;
  };

export function replaceTile(): void {
  replaceKernel<"x", Attributes>(tf.Tile, byCopying);
}
