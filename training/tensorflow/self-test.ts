import * as tf from "@tensorflow/tfjs";

/** Rounding of single precision on any backend, with room; a broken kernel is off by far more. */
const TOLERANCE = 1e-4;

const A = [1, -2, 3, 0.5, 4, -1];
const B = [2, 1, -1, 3, 0.5, -2];

/** Of sum((A B)^2) with A [2, 3] and B [3, 2], worked out by hand: A B = [[5.5, -11], [-3.5, 14.5]]. */
const LOSS = 5.5 ** 2 + 11 ** 2 + 3.5 ** 2 + 14.5 ** 2;
/** 2 (A B) B^T and 2 A^T (A B) */
const GRADIENT_A = [0, -77, 49.5, 15, 94, -61.5];
const GRADIENT_B = [7.5, -7.5, -50, 160, 40, -95];

function differs(got: ArrayLike<number>, wanted: readonly number[]): boolean {
  return (
    got.length !== wanted.length || wanted.some((value, index) => !(Math.abs(got[index]! - value) <= TOLERANCE * (1 + Math.abs(value))))
  );
}

/**
 * A product and its gradients on tfjs's present backend, against figures worked out by hand.
 *
 * @throws Error naming what came out wrong
 */
export async function selfTest(): Promise<void> {
  const outputs = tf.tidy(() => {
    const squared = (a: tf.Tensor, b: tf.Tensor) => tf.sum(tf.square(tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D))) as tf.Scalar;
    const { value, grads } = tf.valueAndGrads(squared)([tf.tensor2d(A, [2, 3]), tf.tensor2d(B, [3, 2])]);
    return { loss: value, a: grads[0], b: grads[1] };
  });
  const [loss, a, b] = await Promise.all([outputs.loss.data(), outputs.a!.data(), outputs.b!.data()]);
  tf.dispose(outputs);
  if (differs(loss, [LOSS])) throw new Error(`the self-test's product gave ${loss[0]}, not ${LOSS}`);
  if (differs(a, GRADIENT_A)) throw new Error(`the self-test's first gradient gave ${a.join(", ")}`);
  if (differs(b, GRADIENT_B)) throw new Error(`the self-test's second gradient gave ${b.join(", ")}`);
}
