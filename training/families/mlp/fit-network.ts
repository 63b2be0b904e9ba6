import { randomFor, shuffle } from "../../fit/draws";
import { learningRateAt } from "../../tensorflow/learning-rate";
import type { FitResult, FitTask } from "./fit-task";
import { NetworkInTraining } from "./network-in-training";

/** Called after each epoch. @returns true to end the fit with the best so far */
export type OnEpoch = (epoch: number, validationLoss: number) => boolean | Promise<boolean>;

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
