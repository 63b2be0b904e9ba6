import * as tf from "@tensorflow/tfjs";
import { heapView, type KernelCall, replaceKernel, type WasmKernel } from "./wasm-kernel";

interface Attributes {
  readonly axis: number | readonly number[] | null | undefined;
  readonly keepDims: boolean;
}

type Reduction = WasmKernel<"x", Attributes>;

/** @returns how many leading axes are reduced, or null if the axes are not the leading ones, or all of them */
function leadingAxes(rank: number, { axis }: Attributes): number | null {
  if (axis === null || axis === undefined) return null;
  const axes = [axis].flat().map((one) => (one < 0 ? one + rank : one));
  const isLeading = axes.every((one) => one < axes.length) && new Set(axes).size === axes.length;
  return isLeading && axes.length > 0 && axes.length < rank ? axes.length : null;
}

/**
 * Adds rows to one another as they lie in memory, four at a time: a sum is read and written once for four of them.
 * In doubles, because a thousand rows added in single precision would lose three digits of a bias gradient.
 */
function addRows(from: Float32Array, columns: number): Float64Array {
  const total = new Float64Array(columns);
  const fours = from.length - (from.length % (4 * columns));
  for (let start = 0; start < fours; start += 4 * columns) {
    for (let first = start, column = 0; column < columns; first++, column++) {
      total[column]! += from[first]! + from[first + columns]! + (from[first + 2 * columns]! + from[first + 3 * columns]!);
    }
  }
  for (let start = fours; start < from.length; start += columns) {
    for (let column = 0; column < columns; column++) total[column]! += from[start + column]!;
  }
  return total;
}

/** Sums the rows and scales the result. */
function sumRows({ inputs: { x }, backend, attrs }: KernelCall<"x", Attributes>, leading: number, scale: (rows: number) => number) {
  const kept = x.shape.slice(leading);
  const shape = attrs.keepDims ? [...x.shape.slice(0, leading).map(() => 1), ...kept] : kept;
  const result = backend.makeOutput(shape, "float32");
  const from = heapView(backend, x);
  const to = heapView(backend, result);
  const columns = to.length;
  const total = addRows(from, columns);
  const factor = scale(from.length / columns);
  for (let column = 0; column < columns; column++) to[column] = total[column]! * factor;
  return result;
}

/**
 * Sum and mean over the leading axes, as bias gradients and BatchNorm need them. The backend transposes the whole
 * tensor first, to reduce along its last axis; here it is read once, in order.
 */
const overRows =
  (scale: (rows: number) => number) =>
  (original: Reduction): Reduction =>
  (call) => {
    const leading = call.inputs.x.dtype === "float32" ? leadingAxes(call.inputs.x.shape.length, call.attrs) : null;
    return leading === null ? original(call) : sumRows(call, leading, scale);
  };

export function replaceReductions(): void {
  replaceKernel<"x", Attributes>(
    tf.Sum,
    overRows(() => 1),
  );
  replaceKernel<"x", Attributes>(
    tf.Mean,
    overRows((rows) => 1 / rows),
  );
}
