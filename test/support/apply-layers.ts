import * as tf from "@tensorflow/tfjs";
import type { MlpWeights } from "../../training/families/mlp/mlp-weights";

/** Rows that go through a network at once: bounds the memory of its hidden layers. */
const CHUNK = 8192;

const ACTIVATIONS = {
  linear: (x: tf.Tensor) => x,
  relu: tf.relu,
  elu: tf.elu,
  selu: tf.selu,
  tanh: tf.tanh,
  silu: (x: tf.Tensor) => tf.mul(x, tf.sigmoid(x)),
  gelu: (x: tf.Tensor) => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1)),
};

function applyLayer(x: tf.Tensor, layer: MlpWeights[number]): tf.Tensor {
  if (layer.kind === "activation") return ACTIVATIONS[layer.activation](x);
  if (layer.kind === "batch-norm")
    return tf.batchNorm(x, [...layer.mean], [...layer.variance], [...layer.beta], [...layer.gamma], layer.epsilon);
  const kernel = tf.tensor2d(layer.kernel, [layer.kernel.length / layer.bias.length, layer.bias.length]);
  return ACTIVATIONS[layer.activation](tf.add(tf.matMul(x as tf.Tensor2D, kernel), tf.tensor1d(layer.bias)));
}

/**
 * Runs a trained network in the training library, as the reference for what is served.
 *
 * @param inputs [rows, columns] normalised values and NaN flags
 * @returns [rows, outputs] of order one
 */
export async function applyLayers(network: MlpWeights, inputs: Float32Array, columns: number): Promise<Float32Array> {
  const chunks: Float32Array[] = [];
  for (let start = 0; start < inputs.length; start += CHUNK * columns) {
    const chunk = inputs.slice(start, start + CHUNK * columns);
    const output = tf.tidy(() => network.reduce(applyLayer, tf.tensor2d(chunk, [chunk.length / columns, columns]) as tf.Tensor));
    chunks.push((await output.data()) as Float32Array);
    output.dispose();
  }
  const outputs = new Float32Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let filled = 0;
  for (const chunk of chunks) {
    outputs.set(chunk, filled);
    filled += chunk.length;
  }
  return outputs;
}
