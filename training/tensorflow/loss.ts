import * as tf from "@tensorflow/tfjs";

export type LossName = "mse" | "huber" | "log-cosh" | "gaussian-nll" | "cross-entropy";

/** predicted [batch, outputs]; reference [batch, 1] of order one, or the index of a class -> the loss of each, [batch, 1] */
type Loss = (predicted: tf.Tensor2D, reference: tf.Tensor2D) => tf.Tensor;

const LOG_2 = Math.log(2);

/** log cosh without overflow: |x| + log(1 + e^(-2|x|)) - log 2 */
function logCosh(x: tf.Tensor): tf.Tensor {
  return tf.sub(tf.add(x, tf.softplus(tf.mul(x, -2))), LOG_2);
}

const LOSSES: Readonly<Record<LossName, Loss>> = {
  mse: (predicted, reference) => tf.square(tf.sub(predicted, reference)),
  huber: (predicted, reference) => {
    const distance = tf.abs(tf.sub(predicted, reference));
    const near = tf.minimum(distance, HUBER_DELTA);
    return tf.mul(near, tf.sub(distance, tf.mul(near, 0.5)));
  },
  "log-cosh": (predicted, reference) => logCosh(tf.sub(predicted, reference)),
  "gaussian-nll": (predicted, reference) => {
    const [value, logVariance] = tf.split(predicted, 2, 1);
    const square = tf.square(tf.sub(value!, reference));
    return tf.mul(tf.add(logVariance!, tf.mul(square, tf.exp(tf.neg(logVariance!)))), 0.5);
  },
  "cross-entropy": (predicted, reference) => {
    const known = tf.oneHot(tf.cast(tf.squeeze(reference, [1]), "int32") as tf.Tensor1D, predicted.shape[1]);
    return tf.neg(tf.sum(tf.mul(tf.logSoftmax(predicted), tf.cast(known, "float32")), 1, true));
  },
};

/** @param weights [batch, 1]; null: all count alike @returns the mean loss over the batch */
export function meanLoss(name: LossName, predicted: tf.Tensor2D, reference: tf.Tensor2D, weights: tf.Tensor2D | null): tf.Scalar {
  const losses = LOSSES[name](predicted, reference);
  return tf.mean(weights === null ? losses : tf.mul(losses, weights));
}

/** In units of the label's scatter over the training stars: beyond it the loss grows linearly. */
const HUBER_DELTA = 0.3;

/** How many outputs a network needs for the loss of a quantity. */
export const outputsOf = (loss: LossName): 1 | 2 => (loss === "gaussian-nll" ? 2 : 1);
