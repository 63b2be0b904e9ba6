import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../src/science/random";
import { gatherRows } from "../datasets/gather-rows";
import { randomFor } from "../fit/draws";
import { Adamw } from "./adamw";
import type { Moments } from "./batch-norm";
import { meanLoss } from "./loss";
import type { NetworkTask } from "./network-task";
import type { TrainableNetwork } from "./trainable-network";

/** @returns the rows of the stars, as a tensor [stars, columns] */
function rowsOf({ inputs, columns }: NetworkTask, stars: Int32Array): tf.Tensor2D {
  return tf.tensor2d(gatherRows(inputs, columns, stars), [stars.length, columns]);
}

/** @returns the stars' numbers as a tensor [stars, 1] */
function columnOf(values: Float32Array, stars: Int32Array): tf.Tensor2D {
  return tf.tensor2d(
    Float32Array.from(stars, (star) => values[star]!),
    [stars.length, 1],
  );
}

/** Rows that go through the network at once when it is validated: bounds the memory of its hidden layers. */
const CHUNK = 8192;

/** Rows over which BatchNorm's moments are taken: their error is 1% of a standard deviation. */
const MOMENT_ROWS = 8192;

/** A network in training: its parameters, their running average, the optimiser and the moments. */
export class NetworkInTraining<Weights> {
  readonly #optimiser: Adamw;
  readonly #sample: tf.Tensor2D;
  #moments: Moments[] = [];
  readonly #random: Random;
  #parameters: tf.Tensor1D;
  #average: tf.Tensor1D;
  #steps = 0;

  /** @param train the task's training stars, shuffled: the first of them stand for all where moments are taken */
  constructor(
    readonly network: TrainableNetwork<Weights>,
    readonly task: NetworkTask,
    train: Int32Array,
  ) {
    const { settings, seed } = task;
    this.#optimiser = new Adamw({ weightDecay: settings.weightDecay, beta1: 0.9, beta2: 0.999 }, this.network.decayMask());
    this.#sample = rowsOf(task, train.subarray(0, MOMENT_ROWS));
    this.#random = randomFor("dropout", seed);
    this.#parameters = tf.tensor1d(this.network.initialise(randomFor("weights", seed)));
    this.#average = tf.clone(this.#parameters);
  }

  step(stars: Int32Array, learningRate: number): void {
    const [next, average] = tf.tidy(() => {
      const x = rowsOf(this.task, stars);
      const lossOf = (parameters: tf.Tensor) => this.#loss(this.network.train(parameters as tf.Tensor1D, x, this.#random), stars);
      const gradient = tf.grad(lossOf)(this.#parameters) as tf.Tensor1D;
      const parameters = this.#optimiser.update(this.#parameters, gradient, learningRate);
      return [parameters, this.#averaged(parameters)];
    });
    tf.dispose([this.#parameters, this.#average]);
    this.#parameters = next;
    this.#average = average;
  }

  #loss(predicted: tf.Tensor2D, stars: Int32Array): tf.Scalar {
    const { label, weights, settings } = this.task;
    return meanLoss(settings.loss, predicted, columnOf(label, stars), weights ? columnOf(weights, stars) : null);
  }

  #averaged(parameters: tf.Tensor1D): tf.Tensor1D {
    // The first steps are forgotten sooner: they are far from where the weights end.
    const keep = Math.min(this.task.settings.averaging, this.#steps / (this.#steps + 10));
    this.#steps++;
    return tf.add(tf.mul(this.#average, keep), tf.mul(parameters, 1 - keep));
  }

  /** Takes the moments for the present weights. @returns the mean loss over the validation stars */
  async validate(): Promise<number> {
    for (const { mean, variance } of this.#moments) tf.dispose([mean, variance]);
    this.#moments = this.network.moments(this.#average, this.#sample);
    const { validation } = this.task;
    let sum = 0;
    for (let start = 0; start < validation.length; start += CHUNK) {
      const stars = validation.subarray(start, start + CHUNK);
      const loss = tf.tidy(() => {
        const predicted = this.network.predict(this.#average, rowsOf(this.task, stars), this.#moments);
        return this.#loss(predicted, stars);
      });
      sum += stars.length * (await loss.data())[0]!;
      loss.dispose();
    }
    return sum / validation.length;
  }

  async weights(): Promise<Weights> {
    const numbers = async (tensor: tf.Tensor1D) => (await tensor.data()) as Float32Array;
    const moments = this.#moments.map(async ({ mean, variance }) => ({ mean: await numbers(mean), variance: await numbers(variance) }));
    return this.network.layers(await numbers(this.#average), await Promise.all(moments));
  }

  dispose(): void {
    tf.dispose([this.#parameters, this.#average, this.#sample]);
    for (const { mean, variance } of this.#moments) tf.dispose([mean, variance]);
    this.#optimiser.dispose();
  }
}
