/** What a Dense layer applies to its result. */
export type Activation = "linear" | "relu" | "elu" | "selu" | "gelu" | "silu" | "tanh";

/** activation(x kernel + bias) */
export interface DenseLayer {
  readonly kind: "dense";
  /** [inputs, units], row by row, as tfjs keeps it */
  readonly kernel: Float32Array;
  /** [units] */
  readonly bias: Float32Array;
  readonly activation: Activation;
}

/** gamma (x - mean) / sqrt(variance + epsilon) + beta; all [units] */
export interface BatchNormLayer {
  readonly kind: "batch-norm";
  readonly gamma: Float32Array;
  readonly beta: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  readonly epsilon: number;
}

/** An activation that stands alone, as between a BatchNorm and the next Dense. */
export interface ActivationLayer {
  readonly kind: "activation";
  readonly activation: Activation;
}

/**
 * A network as plain numbers, in the order of evaluation. It takes the F normalised inputs and then their F NaN
 * flags, [N, 2F], and gives [N, 1] (value) or [N, 2] (value, log variance), both of order one.
 */
export type MlpWeights = readonly (DenseLayer | BatchNormLayer | ActivationLayer)[];

/** kernel' and bias' of an affine layer followed by BatchNorm. */
function foldIntoPrevious(dense: DenseLayer, norm: BatchNormLayer): DenseLayer {
  const units = dense.bias.length;
  const factor = norm.gamma.map((gamma, unit) => gamma / Math.sqrt(norm.variance[unit]! + norm.epsilon));
  return {
    ...dense,
    kernel: dense.kernel.map((weight, index) => weight * factor[index % units]!),
    bias: dense.bias.map((bias, unit) => (bias - norm.mean[unit]!) * factor[unit]! + norm.beta[unit]!),
  };
}

/** kernel' and bias' of an affine layer that BatchNorm precedes. */
function foldIntoNext(norm: BatchNormLayer, dense: DenseLayer): DenseLayer {
  const units = dense.bias.length;
  const bias = Float64Array.from(dense.bias);
  const kernel = dense.kernel.map((weight, index) => {
    const input = Math.floor(index / units);
    const factor = norm.gamma[input]! / Math.sqrt(norm.variance[input]! + norm.epsilon);
    bias[index % units]! += weight * (norm.beta[input]! - norm.mean[input]! * factor);
    return weight * factor;
  });
  return { ...dense, kernel, bias: Float32Array.from(bias) };
}

/**
 * Takes BatchNorm out of a trained network: at inference it is an affine map, so it goes into the kernel and bias
 * of the Dense before it, or, behind an activation, of the Dense after it. An activation that stands alone goes
 * to the Dense before it.
 *
 * @throws RangeError if a BatchNorm has no Dense next to it
 */
export function foldBatchNorms(network: MlpWeights): DenseLayer[] {
  const folded: DenseLayer[] = [];
  let pending: BatchNormLayer | null = null;
  for (const layer of network) {
    const previous = folded.at(-1);
    if (layer.kind === "dense") {
      folded.push(pending ? foldIntoNext(pending, layer) : layer);
      pending = null;
    } else if (layer.kind === "batch-norm" && !pending && previous?.activation === "linear") {
      folded[folded.length - 1] = foldIntoPrevious(previous, layer);
    } else if (layer.kind === "batch-norm" && !pending) {
      pending = layer;
    } else if (layer.kind === "activation" && !pending && previous?.activation === "linear") {
      folded[folded.length - 1] = { ...previous, activation: layer.activation };
    } else {
      throw new RangeError(`A ${layer.kind} here cannot be folded: put a Dense layer before or after it.`);
    }
  }
  if (pending) throw new RangeError("A network cannot end with batch-norm behind an activation: end it with a Dense layer.");
  return folded;
}
