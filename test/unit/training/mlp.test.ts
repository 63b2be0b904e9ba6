import * as tf from "@tensorflow/tfjs";
import { Mlp } from "../../../training/families/mlp/mlp";
import { randomFor } from "../../../training/fit/draws";
import { batchMoments, EPSILON, normaliseBatch } from "../../../training/tensorflow/batch-norm";
import { openBackend } from "../../../training/tensorflow/ladder";
import { applyLayers } from "../../support/apply-layers";
import { normal } from "../../support/random";

beforeAll(async () => {
  await openBackend("cpu");
});

const numbers = (length: number, seed: number) => Float32Array.from({ length }, normal(seed));

test("BatchNorm's written-out gradient equals the automatic one", () => {
  const inputs = [tf.tensor2d(numbers(60, 1), [12, 5]), tf.tensor1d(numbers(5, 2)), tf.tensor1d(numbers(5, 3))];
  const weights = tf.tensor2d(numbers(60, 4), [12, 5]);
  const written = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) => {
    const batch = x as tf.Tensor2D;
    return tf.sum(tf.mul(normaliseBatch(batch, gamma as tf.Tensor1D, beta as tf.Tensor1D, batchMoments(batch)), weights)) as tf.Scalar;
  };
  const automatic = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) => {
    const { mean, variance } = tf.moments(x, 0);
    const standard = tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, EPSILON)));
    return tf.sum(tf.mul(tf.add(tf.mul(standard, gamma), beta), weights)) as tf.Scalar;
  };
  const [found, wanted] = [written, automatic].map((f) =>
    tf
      .grads(f)(inputs)
      .map((gradient) => [...gradient.dataSync()]),
  );
  found!.forEach((gradient, input) => {
    gradient.forEach((value, index) => {
      expect(value).toBeCloseTo(wanted![input]![index]!, 4);
    });
  });
});

test("a network written down as layers predicts what it predicted in training", async () => {
  const mlp = new Mlp({ inputs: 6, width: 8, depth: 3, activation: "silu", dropout: 0.02, outputs: 2 });
  const parameters = mlp.initialise(randomFor("weights", 5));
  const rows = numbers(600, 6);
  const x = tf.tensor2d(rows, [100, 6]);
  const moments = mlp.moments(tf.tensor1d(parameters), x);
  const predicted = await mlp.predict(tf.tensor1d(parameters), x, moments).data();
  const plain = moments.map(({ mean, variance }) => ({
    mean: mean.dataSync() as Float32Array,
    variance: variance.dataSync() as Float32Array,
  }));
  const applied = await applyLayers(mlp.layers(parameters, plain), rows, 6);
  applied.forEach((value, index) => {
    expect(value).toBeCloseTo(predicted[index]!, 5);
  });
});
