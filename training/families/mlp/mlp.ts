import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../../src/science/random";
import { batchMoments, EPSILON, type Moments, normaliseBatch } from "./batch-norm";
import { dropoutMask } from "./dropout";
import type { MlpWeights } from "./mlp-weights";

export type MlpActivation = "relu" | "silu" | "tanh";

export interface MlpShape {
  /** the values and, behind them, their NaN flags */
  readonly inputs: number;
  readonly width: number;
  /** Dense + BatchNorm + Dropout blocks before the output */
  readonly depth: number;
  readonly activation: MlpActivation;
  /** probability that a unit is dropped in training */
  readonly dropout: number;
  /** 1: the value; 2: the value and the logarithm of its variance */
  readonly outputs: 1 | 2;
}

const ACTIVATIONS: Readonly<Record<MlpActivation, (x: tf.Tensor2D) => tf.Tensor2D>> = {
  relu: tf.relu,
  // x sigmoid(x), with its gradient in closed form
  silu: (x) => tf.mul(x, tf.sigmoid(x)),
  tanh: tf.tanh,
};

/** The parameters of one block: kernel [in, out], gamma [out], beta [out]; of the output: kernel and bias. */
type Part = readonly number[];

/**
 * A multilayer perceptron as the Survey of Surveys uses it: blocks of Dense, BatchNorm, activation and Dropout, then
 * one Dense. All its parameters lie in one tensor, so that an optimiser's step is a dozen kernels however deep it
 * is; the Dense of a block has no bias, as BatchNorm would take it out again.
 */
export class Mlp {
  readonly #parts: readonly Part[];
  /** [parameters] */
  readonly size: number;

  constructor(readonly shape: MlpShape) {
    const { inputs, width, depth, outputs } = shape;
    const blocks = Array.from({ length: depth }, (_, index) => [[index === 0 ? inputs : width, width], [width], [width]]);
    this.#parts = [...blocks.flat(), [width, outputs], [outputs]];
    this.size = this.#sizes().reduce((sum, size) => sum + size, 0);
  }

  #sizes(): number[] {
    return this.#parts.map((part) => part.reduce((product, side) => product * side, 1));
  }

  /** He et al. (2015) normal kernels, gamma 1, beta and bias 0. @returns [parameters] */
  initialise(random: Random): Float32Array {
    const values = this.#parts.flatMap((part, index) => {
      const [rows, columns] = part;
      if (columns === undefined) return new Array<number>(rows!).fill(index % 3 === 1 && index < this.#parts.length - 1 ? 1 : 0);
      const isOutput = index === this.#parts.length - 2;
      const deviation = Math.sqrt((isOutput ? 1 : 2) / rows!);
      return Array.from({ length: rows! * columns }, () => deviation * random.normal());
    });
    return Float32Array.from(values);
  }

  /** 1 for the kernels, which weight decay shrinks, 0 for the rest. @returns [parameters] */
  decayMask(): Float32Array {
    return Float32Array.from(this.#parts.flatMap((part, index) => new Array<number>(this.#sizes()[index]!).fill(part.length > 1 ? 1 : 0)));
  }

  #unpack(parameters: tf.Tensor1D): tf.Tensor[] {
    return tf.split(parameters, this.#sizes()).map((part, index) => tf.reshape(part, [...this.#parts[index]!]));
  }

  /**
   * In training: normalises by the batch's own moments and drops units.
   *
   * @param parameters [parameters]
   * @param x [batch, inputs]
   * @returns [batch, outputs]
   */
  train(parameters: tf.Tensor1D, x: tf.Tensor2D, random: Random): tf.Tensor2D {
    const { width, dropout } = this.shape;
    return this.#apply(parameters, x, (_, product, gamma, beta) => {
      const active = this.#activate(normaliseBatch(product, gamma, beta, batchMoments(product)));
      if (dropout === 0) return active;
      const mask = tf.tensor2d(dropoutMask(x.shape[0] * width, dropout, random), [x.shape[0], width]);
      return tf.mul(active, mask);
    });
  }

  /**
   * The moments by which it is to normalise when it predicts: those that each block meets on the rows x. They are
   * taken anew for the weights at hand, rather than as a running average of those that training went through.
   *
   * @param parameters [parameters]
   * @param x [rows, inputs]
   * @returns one a block; the caller disposes them
   */
  moments(parameters: tf.Tensor1D, x: tf.Tensor2D): Moments[] {
    const found: Moments[] = [];
    tf.tidy(() => {
      this.#apply(parameters, x, (_, product, gamma, beta) => {
        const { mean, variance } = batchMoments(product);
        found.push({ mean: tf.keep(mean), variance: tf.keep(variance) });
        return this.#activate(normaliseBatch(product, gamma, beta, { mean, variance }));
      });
    });
    return found;
  }

  /**
   * As it predicts: normalises by the given moments, one a block.
   *
   * @param parameters [parameters]
   * @param x [batch, inputs]
   * @returns [batch, outputs]
   */
  predict(parameters: tf.Tensor1D, x: tf.Tensor2D, moments: readonly Moments[]): tf.Tensor2D {
    return this.#apply(parameters, x, (block, product, gamma, beta) => {
      const { mean, variance } = moments[block]!;
      const factor = tf.mul(gamma, tf.rsqrt(tf.add(variance, EPSILON)));
      return this.#activate(tf.add(tf.mul(tf.sub(product, mean), factor), beta) as tf.Tensor2D);
    });
  }

  #activate(x: tf.Tensor2D): tf.Tensor2D {
    return ACTIVATIONS[this.shape.activation](x);
  }

  #apply(
    parameters: tf.Tensor1D,
    x: tf.Tensor2D,
    finish: (block: number, product: tf.Tensor2D, gamma: tf.Tensor1D, beta: tf.Tensor1D) => tf.Tensor2D,
  ): tf.Tensor2D {
    const parts = this.#unpack(parameters);
    let value = x;
    for (let block = 0; block < this.shape.depth; block++) {
      const [kernel, gamma, beta] = parts.slice(3 * block, 3 * block + 3) as [tf.Tensor2D, tf.Tensor1D, tf.Tensor1D];
      value = finish(block, tf.matMul(value, kernel), gamma, beta);
    }
    const [kernel, bias] = parts.slice(-2) as [tf.Tensor2D, tf.Tensor1D];
    return tf.add(tf.matMul(value, kernel), bias);
  }

  /** The trained network as plain numbers, layer by layer. */
  layers(parameters: Float32Array, moments: readonly { readonly mean: Float32Array; readonly variance: Float32Array }[]): MlpWeights {
    const ends = this.#sizes().map((_, index, sizes) => sizes.slice(0, index + 1).reduce((sum, size) => sum + size, 0));
    const part = (index: number) => parameters.slice(index === 0 ? 0 : ends[index - 1], ends[index]);
    const blocks = moments.flatMap(({ mean, variance }, block) => {
      const [kernel, gamma, beta] = [part(3 * block), part(3 * block + 1), part(3 * block + 2)];
      return [
        { kind: "dense", kernel, bias: new Float32Array(this.shape.width), activation: "linear" },
        { kind: "batch-norm", gamma, beta, mean, variance, epsilon: EPSILON },
        { kind: "activation", activation: this.shape.activation },
      ] as const;
    });
    const last = this.#parts.length - 1;
    return [...blocks, { kind: "dense", kernel: part(last - 1), bias: part(last), activation: "linear" }];
  }
}
