import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";

/** What a kernel of the wasm backend is called with. */
export interface KernelCall<Names extends string, Attributes> {
  readonly inputs: Readonly<Record<Names, tf.TensorInfo>>;
  readonly backend: BackendWasm;
  readonly attrs: Attributes;
}

export type WasmKernel<Names extends string, Attributes> = (call: KernelCall<Names, Attributes>) => tf.TensorInfo;

/**
 * Puts a kernel in the place of the wasm backend's own.
 *
 * @param build gets the kernel that is replaced, to hand it the cases that the new one does not take
 */
export function replaceKernel<Names extends string, Attributes>(
  name: string,
  build: (original: WasmKernel<Names, Attributes>) => WasmKernel<Names, Attributes>,
): void {
  const known = tf.getKernel(name, "wasm");
  if (!known) throw new Error(`The wasm backend has no kernel ${name} to replace.`);
  const kernelFunc = build(known.kernelFunc as unknown as WasmKernel<Names, Attributes>) as unknown as tf.KernelFunc;
  tf.unregisterKernel(name, "wasm");
  tf.registerKernel({ ...known, kernelFunc });
}

/**
 * The numbers of a float32 tensor, in place on the wasm heap. Take it after the last allocation: when the heap
 * grows, older views are cut off.
 */
export function heapView(backend: BackendWasm, tensor: tf.TensorInfo): Float32Array {
  return backend.typedArrayFromHeap(tensor) as Float32Array;
}
