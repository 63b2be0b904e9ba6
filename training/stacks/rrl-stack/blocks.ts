import type { Block } from "../../../src/features/light-curve/sequence/rrl-shape-and-points";
import type { CrossFit } from "../../fit/cross-fit";
import type { GraphInputs } from "../../fit/family";
import type { OnnxModel, Value } from "../../onnx/onnx-model";

/** @param rows [stars, width] @returns [stars, to - from] */
export function columnsOf(rows: Float32Array, width: number, { from, to }: Block): Float32Array {
  return rows.filter((_, at) => at % width >= from && at % width < to);
}

function slice(graph: OnnxModel, value: Value, { from, to }: Block): Value {
  const [start, end, axis] = [from, to, 1].map((one) => graph.constant([1], BigInt64Array.of(BigInt(one)))) as [Value, Value, Value];
  return graph.add("Slice", [value, start, end, axis]);
}

/** @param width of all inputs @returns the inputs of a block, with their NaN flags */
export function emitBlock(graph: OnnxModel, { raw, prepared }: GraphInputs, width: number, block: Block): GraphInputs {
  const flags = { from: block.from + width, to: block.to + width };
  const both = [slice(graph, prepared, block), slice(graph, prepared, flags)];
  return { raw: slice(graph, raw, block), prepared: graph.add("Concat", both, { axis: 1 }) };
}

/** @returns the fit, in a graph that has more inputs than it looks at */
export function onBlock(fit: CrossFit, width: number, block: Block): CrossFit {
  return { ...fit, emit: (graph, inputs) => fit.emit(graph, emitBlock(graph, inputs, width, block)) };
}
