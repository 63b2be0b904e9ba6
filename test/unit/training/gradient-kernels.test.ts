import * as tf from "@tensorflow/tfjs";
import { openBackend } from "../../../training/tensorflow/ladder";
import { normal } from "../../support/random";

type Gradient = (...inputs: tf.Tensor[]) => tf.Tensor;

/** Normal numbers about 1: about 0 a sum may all but cancel, and its rounding would look like an error. */
function tensor(shape: number[], seed: number): { shape: number[]; values: Float32Array } {
  const gauss = normal(seed);
  return { shape, values: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => 1 + gauss()) };
}

/** Value of sum(f(inputs)^2) and its gradients on a backend, one after another. */
async function evaluate(backend: "wasm" | "cpu", f: Gradient, inputs: ReturnType<typeof tensor>[]): Promise<number[]> {
  await openBackend(backend);
  const outputs = tf.tidy(() => {
    const tensors = inputs.map(({ shape, values }) => tf.tensor(values, shape));
    const { value, grads } = tf.valueAndGrads((...given) => tf.sum(tf.square(f(...given))) as tf.Scalar)(tensors);
    return [value, ...grads];
  });
  const numbers = await Promise.all(outputs.map(async (output) => [...(await output.data())]));
  tf.dispose(outputs);
  return numbers.flat();
}

/** Largest difference, relative to the largest number compared. */
async function relativeDifference(f: Gradient, ...inputs: ReturnType<typeof tensor>[]): Promise<number> {
  const wasm = await evaluate("wasm", f, inputs);
  const cpu = await evaluate("cpu", f, inputs);
  const size = cpu.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  return wasm.reduce((largest, value, index) => Math.max(largest, Math.abs(value - cpu[index]!)), 0) / size;
}

const CASES: [name: string, f: Gradient, ...shapes: number[][]][] = [
  ["a product of matrices", (a, b) => tf.matMul(a, b), [37, 70], [70, 41]],
  ["a product with both factors transposed", (a, b) => tf.matMul(a, b, true, true), [70, 37], [41, 70]],
  ["a batch of products", (a, b) => tf.matMul(a, b, false, true), [3, 9, 12], [3, 8, 12]],
  ["a sum over rows", (a) => tf.sum(a, 0), [65, 33]],
  ["a sum over rows that keeps the axis", (a) => tf.sum(a, 0, true), [65, 33]],
  ["a sum over two leading axes", (a) => tf.sum(a, [0, 1]), [5, 13, 7]],
  ["a sum over the last axis", (a) => tf.sum(a, -1), [65, 33]],
  ["a sum of all", (a) => tf.sum(a), [65, 33]],
  ["a mean over rows", (a) => tf.mean(a, 0), [65, 33]],
  ["a mean over the last axis", (a) => tf.mean(a, 1), [65, 33]],
  ["a bias added to each row", (a, b) => tf.mul(tf.add(a, b), a), [65, 33], [33]],
  ["a row repeated along the leading axis", (a) => tf.tile(a, [6, 1]), [1, 33]],
  ["whole matrices repeated", (a) => tf.tile(a, [5, 1]), [4, 3]],
  ["rows repeated within themselves", (a) => tf.tile(a, [2, 3]), [4, 3]],
];

/** Sums of 2,145 numbers in another order differ by some 20 roundings of single precision (6e-8); a wrong kernel by 1. */
const TOLERANCE = 5e-6;

test.each(CASES)("the wasm backend's gradient of %s equals the cpu backend's", async (_, f, ...shapes) => {
  const inputs = shapes.map((shape, index) => tensor(shape, index + 1));
  expect(await relativeDifference(f, ...inputs)).toBeLessThan(TOLERANCE);
});
