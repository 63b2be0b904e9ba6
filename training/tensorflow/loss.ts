import * as tf from "@tensorflow/tfjs";

export type LossName = "mse" | "huber" | "log-cosh" | "gaussian-nll";

/** predicted [batch, outputs], reference [batch, 1], both of order one -> the mean loss */
type Loss = (predicted: tf.Tensor2D, reference: tf.Tensor2D) => tf.Scalar;

const LOG_2 = Math.log(2);

/** log cosh without overflow: |x| + log(1 + e^(-2|x|)) - log 2 */
function logCosh(x: tf.Tensor): tf.Tensor {
  return tf.sub(tf.add(x, tf.softplus(tf.mul(x, -2))), LOG_2);
}

export const LOSSES: Readonly<Record<LossName, Loss>> = {
  mse: (predicted, reference) => tf.mean(tf.square(tf.sub(predicted, reference))),
  huber: (predicted, reference) => {
    const distance = tf.abs(tf.sub(predicted, reference));
    const near = tf.minimum(distance, HUBER_DELTA);
    return tf.mean(tf.mul(near, tf.sub(distance, tf.mul(near, 0.5))));
  },
  "log-cosh": (predicted, reference) => tf.mean(logCosh(tf.sub(predicted, reference))),
  "gaussian-nll": (predicted, reference) => {
    const [value, logVariance] = tf.split(predicted, 2, 1);
    const square = tf.square(tf.sub(value!, reference));
    return tf.mean(tf.mul(tf.add(logVariance!, tf.mul(square, tf.exp(tf.neg(logVariance!)))), 0.5));
  },
};

/** In units of the label's scatter over the training stars: beyond it the loss grows linearly. */
const HUBER_DELTA = 0.3;

/** How many outputs a network needs for the loss. */
export const outputsOf = (loss: LossName): 1 | 2 => (loss === "gaussian-nll" ? 2 : 1);
