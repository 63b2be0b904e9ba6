import type * as tf from "@tensorflow/tfjs";
import type { Random } from "../../src/science/random";
import type { Moments } from "./batch-norm";

/** A network whose parameters all lie in one tensor, as what fits it takes it. */
export interface TrainableNetwork<Weights> {
  /** [parameters] */
  readonly size: number;
  /** @returns [parameters] to begin with */
  initialise(random: Random): Float32Array;
  /** @returns [parameters] 1 where weight decay acts */
  decayMask(): Float32Array;
  /**
   * In training: normalises by the batch's own moments and drops units.
   *
   * @param parameters [parameters]
   * @param x [batch, inputs]
   * @returns [batch, outputs]
   */
  train(parameters: tf.Tensor1D, x: tf.Tensor2D, random: Random): tf.Tensor2D;
  /** The moments by which it is to normalise when it predicts, as the rows x have them; the caller disposes them. */
  moments(parameters: tf.Tensor1D, x: tf.Tensor2D): Moments[];
  /** As it predicts, normalised by the given moments. @returns [batch, outputs] */
  predict(parameters: tf.Tensor1D, x: tf.Tensor2D, moments: readonly Moments[]): tf.Tensor2D;
  /** The trained network as plain numbers. */
  layers(parameters: Float32Array, moments: readonly { readonly mean: Float32Array; readonly variance: Float32Array }[]): Weights;
}
