import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { heapView, replaceKernel, type WasmKernel } from "./wasm-kernel";

interface Attributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** Side of the square that is transposed at a time: 32 x 32 floats, 4 kB read and 4 kB written, stay in L1. */
const BLOCK = 32;

function transposeBlock(from: Float32Array, to: Float32Array, rows: number, columns: number, row: number, column: number): void {
  const rowEnd = Math.min(row + BLOCK, rows);
  const columnEnd = Math.min(column + BLOCK, columns);
  for (let j = column; j < columnEnd; j++) {
    for (let i = row; i < rowEnd; i++) to[j * rows + i] = from[i * columns + j]!;
  }
}

/** @returns the matrix [..., R, C] as [..., C, R] */
function transposed(backend: BackendWasm, matrix: tf.TensorInfo): tf.TensorInfo {
  const [rows, columns] = matrix.shape.slice(-2) as [number, number];
  const result = backend.makeOutput([...matrix.shape.slice(0, -2), columns, rows], "float32");
  const from = heapView(backend, matrix);
  const to = heapView(backend, result);
  const size = rows * columns;
  for (let start = 0; start < from.length; start += size) {
    const source = from.subarray(start, start + size);
    const target = to.subarray(start, start + size);
    for (let row = 0; row < rows; row += BLOCK) {
      for (let column = 0; column < columns; column += BLOCK) transposeBlock(source, target, rows, columns, row, column);
    }
  }
  return result;
}

/**
 * Matrix products with a transposed factor, as every gradient of a Dense layer needs them. The backend hands only
 * plain products to XNNPACK; a transposed factor falls to a scalar loop. Transposing first costs O(n^2) and keeps
 * the O(n^3) product on XNNPACK.
 */
const throughXnnpack =
  (original: WasmKernel<"a" | "b", Attributes>): WasmKernel<"a" | "b", Attributes> =>
  (call) => {
    const { inputs, backend, attrs } = call;
    const isFloat = inputs.a.dtype === "float32" && inputs.b.dtype === "float32";
    if (!isFloat || (!attrs.transposeA && !attrs.transposeB)) return original(call);
    const a = attrs.transposeA ? transposed(backend, inputs.a) : inputs.a;
    const b = attrs.transposeB ? transposed(backend, inputs.b) : inputs.b;
    const product = original({ inputs: { a, b }, backend, attrs: { transposeA: false, transposeB: false } });
    if (attrs.transposeA) backend.disposeData(a.dataId);
    if (attrs.transposeB) backend.disposeData(b.dataId);
    return product;
  };

export function replaceMatMul(): void {
  replaceKernel<"a" | "b", Attributes>(tf.BatchMatMul, throughXnnpack);
}
