import { Random } from "../../../../src/science/random";
import { shuffle } from "../../../fit/draws";
import { learningRateAt } from "../../../tensorflow/learning-rate";
import { augment } from "../light-curves/augment";
import { sequencesOf } from "../light-curves/curve-sample";
import { buildNetwork } from "../network-shape";
import type { Sequences } from "../ragged-batch";
import { capacityFor, restore, type SequenceNetwork, type Snapshot, snapshot } from "../sequence-network";
import { Adam } from "./adam";
import type { FitResult, FitTask } from "./fit-task";

/** Called after each epoch. @param loss root mean square over the held stars, of order one @returns true to end the fit with what it has */
export type OnEpoch = (epoch: number, loss: number) => boolean;

/** Stars that are predicted at once. */
export const CHUNK = 128;

/** Longest gradient; in a quiet fit they are some tenths. */
const CLIP = 1;

/** @returns [chosen] of order one */
export function predictSequences(network: SequenceNetwork, sequences: Sequences, chosen: Int32Array): Float32Array {
  const predicted = new Float32Array(chosen.length);
  for (let start = 0; start < chosen.length; start += CHUNK) {
    predicted.set(network.forward(sequences, chosen.subarray(start, start + CHUNK), null), start);
  }
  return predicted;
}

/** A running average of the weights: what the last steps' noise averages out of. */
class Average {
  readonly weights: Snapshot;
  #steps = 0;

  constructor(
    private readonly network: SequenceNetwork,
    private readonly keep: number,
  ) {
    this.weights = snapshot(network);
  }

  update(): void {
    // The first steps are forgotten sooner: they are far from where the weights end.
    const keep = Math.min(this.keep, this.#steps / (this.#steps + 10));
    this.#steps++;
    this.network.parameters.forEach(({ values }, at) => {
      const [average, numbers] = [this.weights[at], values.floats];
      for (let index = 0; index < average!.length; index++) average![index] = keep * average![index]! + (1 - keep) * numbers[index]!;
    });
  }

  /** Runs `work` on the averaged weights. */
  during<T>(work: () => T): T {
    const present = snapshot(this.network);
    restore(this.network, this.weights);
    try {
      return work();
    } finally {
      restore(this.network, present);
    }
  }
}

/** The slopes of the weighted Huber loss, averaged over the batch. */
function lossSlopes({ label, weight, settings }: FitTask, stars: Int32Array, predicted: Float32Array): Float32Array {
  return predicted.map((value, index) => {
    const star = stars[index];
    const residual = Math.max(-settings.huber, Math.min(settings.huber, value - label[star!]!));
    return (weight[star!]! * residual) / stars.length;
  });
}

const rmse = (predicted: Float32Array, { label, held }: FitTask) =>
  Math.sqrt(predicted.reduce((sum, value, index) => sum + (value - label[held[index]!]!) ** 2, 0) / held.length);

/** Trains one network on its training stars, changed at random each epoch; the held stars are predicted after each epoch and never fitted. */
export function fitSequences(task: FitTask, onEpoch: OnEpoch): FitResult {
  const { sample, channels, settings, held, seed } = task;
  const capacity = capacityFor(sample.starts, Math.max(CHUNK, settings.batchSize));
  const network = buildNetwork(task.shape, capacity, new Random(seed, 1));
  const draw = new Random(seed, 2);
  const adam = new Adam(network.parameters, { weightDecay: settings.weightDecay, clip: CLIP });
  const average = new Average(network, settings.averaging);
  const asObserved = sequencesOf(sample, channels);
  const order = Int32Array.from(task.train);
  const steps = settings.epochs * Math.ceil(order.length / settings.batchSize);
  let predicted: Float32Array = new Float32Array(held.length);
  let best = { epoch: 0, predicted, loss: Number.POSITIVE_INFINITY };
  for (let epoch = 1, step = 0; ; epoch++) {
    shuffle(order, draw);
    for (let start = 0; start < order.length; start += settings.batchSize) {
      const stars = order.subarray(start, start + settings.batchSize);
      const curves = augment(sample, stars, channels, settings.augmentation, draw);
      const outputs = network.forward(
        curves,
        stars.map((_, index) => index),
        draw,
      );
      network.backward(lossSlopes(task, stars, outputs));
      adam.step(learningRateAt(step++ / steps, settings.learningRate));
      average.update();
    }
    predicted = average.during(() => predictSequences(network, asObserved, held));
    const loss = rmse(predicted, task);
    if (loss < best.loss) best = { epoch, predicted, loss };
    if (onEpoch(epoch, loss) || epoch === settings.epochs) return { weights: average.weights, epochs: epoch, predicted, best };
  }
}
