import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../../src/science/random";
import { gatherRows } from "../../datasets/gather-rows";
import { randomFor } from "../../fit/draws";
import { Adamw } from "../../tensorflow/adamw";
import { LOSSES, outputsOf } from "../../tensorflow/loss";
import type { Moments } from "./batch-norm";
import type { FitTask } from "./fit-task";
import { Mlp } from "./mlp";
import type { MlpWeights } from "./mlp-weights";

/** @returns the rows of the stars, as a tensor [stars, columns] */
function rowsOf({ inputs, columns }: FitTask, stars: Int32Array): tf.Tensor2D {
  return tf.tensor2d(gatherRows(inputs, columns, stars), [stars.length, columns]);
}

function labelsOf({ label }: FitTask, stars: Int32Array): tf.Tensor2D {
  return tf.tensor2d(
    Float32Array.from(stars, (star) => label[star]!),
    [stars.length, 1],
  );
}

/** Rows that go through the network at once when it is validated: bounds the memory of its hidden layers. */
const CHUNK = 8192;

/** Rows over which BatchNorm's moments are taken: their error is 1% of a standard deviation. */
const MOMENT_ROWS = 8192;

/** A network in training: its parameters, their running average, the optimiser and the moments. */
export class NetworkInTraining {
  readonly #mlp: Mlp;
  readonly #optimiser: Adamw;
  readonly #sample: tf.Tensor2D;
  #moments: Moments[] = [];
  readonly #random: Random;
  #parameters: tf.Tensor1D;
  #average: tf.Tensor1D;
  #steps = 0;

  /** @param train the task's training stars, shuffled: the first of them stand for all where moments are taken */
  constructor(
    readonly task: FitTask,
    train: Int32Array,
  ) {
    const { settings, columns, seed } = task;
    this.#mlp = new Mlp({ ...settings, inputs: columns, outputs: outputsOf(settings.loss) });
    this.#optimiser = new Adamw({ weightDecay: settings.weightDecay, beta1: 0.9, beta2: 0.999 }, this.#mlp.decayMask());
    this.#sample = rowsOf(task, train.subarray(0, MOMENT_ROWS));
    this.#random = randomFor("dropout", seed);
    this.#parameters = tf.tensor1d(this.#mlp.initialise(randomFor("weights", seed)));
    this.#average = tf.clone(this.#parameters);
  }

  step(stars: Int32Array, learningRate: number): void {
    const loss = LOSSES[this.task.settings.loss];
    const [next, average] = tf.tidy(() => {
      const x = rowsOf(this.task, stars);
      const y = labelsOf(this.task, stars);
      const lossOf = (parameters: tf.Tensor) => loss(this.#mlp.train(parameters as tf.Tensor1D, x, this.#random), y);
      const gradient = tf.grad(lossOf)(this.#parameters) as tf.Tensor1D;
      const parameters = this.#optimiser.update(this.#parameters, gradient, learningRate);
      return [parameters, this.#averaged(parameters)];
    });
    tf.dispose([this.#parameters, this.#average]);
    this.#parameters = next;
    this.#average = average;
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
    this.#moments = this.#mlp.moments(this.#average, this.#sample);
    const { validation, settings } = this.task;
    let sum = 0;
    for (let start = 0; start < validation.length; start += CHUNK) {
      const stars = validation.subarray(start, start + CHUNK);
      const loss = tf.tidy(() => {
        const predicted = this.#mlp.predict(this.#average, rowsOf(this.task, stars), this.#moments);
        return LOSSES[settings.loss](predicted, labelsOf(this.task, stars));
      });
      sum += stars.length * (await loss.data())[0]!;
      loss.dispose();
    }
    return sum / validation.length;
  }

  async weights(): Promise<MlpWeights> {
    const numbers = async (tensor: tf.Tensor1D) => (await tensor.data()) as Float32Array;
    const moments = this.#moments.map(async ({ mean, variance }) => ({ mean: await numbers(mean), variance: await numbers(variance) }));
    return this.#mlp.layers(await numbers(this.#average), await Promise.all(moments));
  }

  dispose(): void {
    tf.dispose([this.#parameters, this.#average, this.#sample]);
    for (const { mean, variance } of this.#moments) tf.dispose([mean, variance]);
    this.#optimiser.dispose();
  }
}
