import * as tf from "@tensorflow/tfjs";
import type { Moments } from "../architectures/batch-norm";

/** Share of the running moments that a step keeps: an average over the last 50 batches or so. */
const KEEP = 0.98;

/** The moments by which each BatchNorm will normalise when it predicts: running averages of those of the batches. */
export class RunningMoments {
  readonly #blocks: Moments[];
  readonly #steps: number[];

  constructor(depth: number, width: number) {
    this.#blocks = Array.from({ length: depth }, () => ({ mean: tf.zeros([width]), variance: tf.ones([width]) }));
    this.#steps = new Array<number>(depth).fill(0);
  }

  add(block: number, moments: Moments): void {
    const before = this.#blocks[block];
    const steps = this.#steps[block]++;
    // A plain mean at first, so that the starting values leave no trace.
    const keep = Math.min(KEEP, steps / (steps + 1));
    const mix = (old: tf.Tensor1D, fresh: tf.Tensor1D) =>
      tf.keep(tf.tidy(() => tf.add(tf.mul(old, keep), tf.mul(fresh, 1 - keep)) as tf.Tensor1D));
    this.#blocks[block] = { mean: mix(before.mean, moments.mean), variance: mix(before.variance, moments.variance) };
    tf.dispose([before.mean, before.variance]);
  }

  present(): readonly Moments[] {
    return this.#blocks;
  }

  async read(): Promise<{ mean: Float32Array; variance: Float32Array }[]> {
    const numbers = async (tensor: tf.Tensor1D) => (await tensor.data()) as Float32Array;
    return Promise.all(this.#blocks.map(async ({ mean, variance }) => ({ mean: await numbers(mean), variance: await numbers(variance) })));
  }

  dispose(): void {
    for (const { mean, variance } of this.#blocks) tf.dispose([mean, variance]);
  }
}
