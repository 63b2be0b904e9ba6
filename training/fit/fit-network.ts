import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../src/science/random";
import { Mlp, type MlpActivation } from "../architectures/mlp";
import type { MlpWeights } from "../onnx/mlp-weights";
import { Adamw } from "./adamw";
import { randomFor, shuffle } from "./draws";
import { LOSSES, type LossName, outputsOf } from "./loss";
import { RunningMoments } from "./running-moments";

export interface FitSettings {
  readonly width: number;
  readonly depth: number;
  readonly activation: MlpActivation;
  readonly dropout: number;
  readonly loss: LossName;
  readonly batchSize: number;
  readonly epochs: number;
  /** epochs without a better validation loss after which the fit ends */
  readonly patience: number;
  /** at its highest; it rises over the first twentieth and falls to zero as a cosine */
  readonly learningRate: number;
  readonly weightDecay: number;
  /** of the running average of the weights, which is what is validated and kept; 0 keeps the last weights */
  readonly averaging: number;
}

/** One network to fit: all the stars' inputs, one label, and which stars to use how. */
export interface FitTask {
  /** [stars, columns] of order one: values and NaN flags */
  readonly inputs: Float32Array;
  readonly columns: number;
  /** [stars] of order one; only those of the two lists are read */
  readonly label: Float32Array;
  readonly train: Int32Array;
  readonly validation: Int32Array;
  readonly settings: FitSettings;
  readonly seed: number;
}

export interface FitResult {
  readonly weights: MlpWeights;
  readonly epochs: number;
  readonly bestEpoch: number;
  readonly validationLoss: number;
}

/** Called after each epoch. @returns true to end the fit with the best so far */
export type OnEpoch = (epoch: number, validationLoss: number) => boolean | Promise<boolean>;

/** @returns the rows of the stars, as a tensor [stars, columns] */
function rowsOf({ inputs, columns }: FitTask, stars: Int32Array): tf.Tensor2D {
  const rows = new Float32Array(stars.length * columns);
  stars.forEach((star, index) => {
    rows.set(inputs.subarray(star * columns, (star + 1) * columns), index * columns);
  });
  return tf.tensor2d(rows, [stars.length, columns]);
}

function labelsOf({ label }: FitTask, stars: Int32Array): tf.Tensor2D {
  return tf.tensor2d(
    Float32Array.from(stars, (star) => label[star]),
    [stars.length, 1],
  );
}

/** Rises over the first twentieth, then falls to zero as half a cosine (Loshchilov & Hutter 2017). */
export function learningRateAt(fraction: number, peak: number): number {
  const warmUp = 0.05;
  return fraction < warmUp
    ? (peak * (fraction + 0.01)) / (warmUp + 0.01)
    : (peak / 2) * (1 + Math.cos((Math.PI * (fraction - warmUp)) / (1 - warmUp)));
}

/** A network in training: its parameters, their running average, the optimiser and the moments. */
class Fit {
  readonly #mlp: Mlp;
  readonly #optimiser: Adamw;
  readonly #moments: RunningMoments;
  readonly #random: Random;
  #parameters: tf.Tensor1D;
  #average: tf.Tensor1D;
  #steps = 0;

  constructor(readonly task: FitTask) {
    const { settings, columns, seed } = task;
    this.#mlp = new Mlp({ ...settings, inputs: columns, outputs: outputsOf(settings.loss) });
    this.#optimiser = new Adamw({ weightDecay: settings.weightDecay, beta1: 0.9, beta2: 0.999 }, this.#mlp.decayMask());
    this.#moments = new RunningMoments(settings.depth, settings.width);
    this.#random = randomFor("dropout", seed);
    this.#parameters = tf.tensor1d(this.#mlp.initialise(randomFor("weights", seed)));
    this.#average = tf.clone(this.#parameters);
  }

  step(stars: Int32Array, learningRate: number): void {
    const loss = LOSSES[this.task.settings.loss];
    const [next, average] = tf.tidy(() => {
      const x = rowsOf(this.task, stars);
      const y = labelsOf(this.task, stars);
      const lossOf = (parameters: tf.Tensor) =>
        loss(
          this.#mlp.train(parameters as tf.Tensor1D, x, this.#random, (block, moments) => this.#moments.add(block, moments)),
          y,
        );
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

  async validate(x: tf.Tensor2D, y: tf.Tensor2D): Promise<number> {
    const loss = tf.tidy(() => LOSSES[this.task.settings.loss](this.#mlp.predict(this.#average, x, this.#moments.present()), y));
    const [value] = await loss.data();
    loss.dispose();
    return value;
  }

  async weights(): Promise<MlpWeights> {
    return this.#mlp.layers((await this.#average.data()) as Float32Array, await this.#moments.read());
  }

  dispose(): void {
    tf.dispose([this.#parameters, this.#average]);
    this.#optimiser.dispose();
    this.#moments.dispose();
  }
}

/** Batches of a shuffled epoch. A last one too small for its moments to mean anything is left out. */
function* batches(order: Int32Array, batchSize: number): Generator<Int32Array> {
  const smallest = Math.min(order.length, Math.ceil(batchSize / 4));
  for (let start = 0; start + smallest <= order.length; start += batchSize) yield order.subarray(start, start + batchSize);
}

/** Trains one network, keeping the weights of the epoch that predicts the validation stars best. */
export async function fitNetwork(task: FitTask, onEpoch: OnEpoch): Promise<FitResult> {
  const { settings, seed } = task;
  const shuffles = randomFor("shuffle", seed);
  const fit = new Fit(task);
  const x = rowsOf(task, task.validation);
  const y = labelsOf(task, task.validation);
  const order = Int32Array.from(task.train);
  const stepsPerEpoch = [...batches(order, settings.batchSize)].length;
  let best: FitResult | null = null;
  try {
    for (let epoch = 1, step = 0; epoch <= settings.epochs; epoch++) {
      for (const stars of batches(shuffle(order, shuffles), settings.batchSize)) {
        fit.step(stars, learningRateAt(step++ / (stepsPerEpoch * settings.epochs), settings.learningRate));
      }
      const validationLoss = await fit.validate(x, y);
      const isBest: boolean = best === null || validationLoss < best.validationLoss;
      if (isBest || best === null) best = { weights: await fit.weights(), epochs: epoch, bestEpoch: epoch, validationLoss };
      const stop = await onEpoch(epoch, validationLoss);
      if (stop || epoch - best.bestEpoch >= settings.patience) return { ...best, epochs: epoch };
    }
    return { ...best!, epochs: settings.epochs };
  } finally {
    fit.dispose();
    tf.dispose([x, y]);
  }
}
