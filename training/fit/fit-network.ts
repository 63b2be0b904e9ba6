import type { MlpActivation } from "../architectures/mlp";
import type { MlpWeights } from "../onnx/mlp-weights";
import { randomFor, shuffle } from "./draws";
import type { LossName } from "./loss";
import { NetworkInTraining } from "./network-in-training";

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

/** Rises over the first twentieth, then falls to zero as half a cosine (Loshchilov & Hutter 2017). */
export function learningRateAt(fraction: number, peak: number): number {
  const warmUp = 0.05;
  return fraction < warmUp
    ? (peak * (fraction + 0.01)) / (warmUp + 0.01)
    : (peak / 2) * (1 + Math.cos((Math.PI * (fraction - warmUp)) / (1 - warmUp)));
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
  const order = shuffle(Int32Array.from(task.train), shuffles);
  const fit = new NetworkInTraining(task, order);
  const stepsPerEpoch = [...batches(order, settings.batchSize)].length;
  let best: FitResult | null = null;
  try {
    for (let epoch = 1, step = 0; epoch <= settings.epochs; epoch++) {
      for (const stars of batches(shuffle(order, shuffles), settings.batchSize)) {
        fit.step(stars, learningRateAt(step++ / (stepsPerEpoch * settings.epochs), settings.learningRate));
      }
      const validationLoss = await fit.validate();
      const isBest: boolean = best === null || validationLoss < best.validationLoss;
      if (isBest || best === null) best = { weights: await fit.weights(), epochs: epoch, bestEpoch: epoch, validationLoss };
      const stop = await onEpoch(epoch, validationLoss);
      if (stop || epoch - best.bestEpoch >= settings.patience) return { ...best, epochs: epoch };
    }
    return { ...best!, epochs: settings.epochs };
  } finally {
    fit.dispose();
  }
}
