import * as tf from "@tensorflow/tfjs";

export interface AdamwSettings {
  /** share of a kernel taken away in a step, times the learning rate (decoupled, Loshchilov & Hutter 2019) */
  readonly weightDecay: number;
  readonly beta1: number;
  readonly beta2: number;
}

const EPSILON = 1e-7;

/** AdamW on one tensor that holds all the parameters. Owns its tensors until dispose(). */
export class Adamw {
  #first: tf.Tensor1D;
  #second: tf.Tensor1D;
  readonly #mask: tf.Tensor1D;
  #step = 0;

  /** @param decayMask [parameters] 1 where weight decay acts */
  constructor(
    readonly settings: AdamwSettings,
    decayMask: Float32Array,
  ) {
    this.#first = tf.zeros([decayMask.length]);
    this.#second = tf.zeros([decayMask.length]);
    this.#mask = tf.tensor1d(decayMask);
  }

  /** @returns the parameters after a step against the gradient; disposes neither of the arguments */
  update(parameters: tf.Tensor1D, gradient: tf.Tensor1D, learningRate: number): tf.Tensor1D {
    const { weightDecay, beta1, beta2 } = this.settings;
    this.#step++;
    const unbias = Math.sqrt(1 - beta2 ** this.#step) / (1 - beta1 ** this.#step);
    const [first, second, next] = tf.tidy(() => {
      const mean = tf.add(tf.mul(this.#first, beta1), tf.mul(gradient, 1 - beta1)) as tf.Tensor1D;
      const square = tf.add(tf.mul(this.#second, beta2), tf.mul(tf.square(gradient), 1 - beta2)) as tf.Tensor1D;
      const step = tf.div(tf.mul(mean, learningRate * unbias), tf.add(tf.sqrt(square), EPSILON));
      const decay = tf.mul(tf.mul(parameters, this.#mask), learningRate * weightDecay);
      return [mean, square, tf.sub(tf.sub(parameters, step), decay) as tf.Tensor1D];
    });
    tf.dispose([this.#first, this.#second]);
    // The caller may run this inside a tidy of its own.
    this.#first = tf.keep(first);
    this.#second = tf.keep(second);
    return next;
  }

  dispose(): void {
    tf.dispose([this.#first, this.#second, this.#mask]);
  }
}
