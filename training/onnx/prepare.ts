import { FLOAT32, type OnnxModel, type Value } from "./onnx-model";

/** How raw inputs are brought to order one. A missing input becomes `mean` (a mean, or a median), and its NaN flag 1. */
export interface Normalisation {
  /** [F] in the inputs' units */
  readonly mean: ArrayLike<number>;
  /** [F] in the inputs' units, positive */
  readonly scale: ArrayLike<number>;
  /** normalised inputs are clipped to this size: a sentinel that slipped through cannot drive a network to infinity */
  readonly reach: number;
}

/**
 * @param raw [N, F] NaN where missing
 * @returns [N, 2F] of order one: the F normalised values, 0 if missing, then their F NaN flags, 1 if missing
 */
export function prepareInputs(graph: OnnxModel, raw: Value, { mean, scale, reach }: Normalisation): Value {
  const size = mean.length;
  const isMissing = graph.add("IsNaN", [raw]);
  const missing = graph.add("Cast", [isMissing], { to: FLOAT32 });
  const centred = graph.add("Sub", [raw, graph.constant([size], Float32Array.from(mean))]);
  const scaled = graph.add("Div", [centred, graph.constant([size], Float32Array.from(scale))]);
  const clipped = graph.add("Clip", [scaled, graph.scalar(-reach), graph.scalar(reach)]);
  const filled = graph.add("Where", [isMissing, graph.scalar(0), clipped]);
  return graph.add("Concat", [filled, missing], { axis: 1 });
}
