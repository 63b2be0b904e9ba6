import type { OnnxModel, Value } from "./onnx-model";

/** @param values [N, members] @returns [N, 1] */
export const meanOverMembers = (graph: OnnxModel, values: Value): Value => graph.add("ReduceMean", [values], { axes: [1], keepdims: 1 });

/** @param values [N, members] @returns their mean and their variance (divided by the number of members), [N, 1] */
export function meanAndVariance(graph: OnnxModel, values: Value): { value: Value; variance: Value } {
  const value = meanOverMembers(graph, values);
  const deviations = graph.add("Sub", [values, value]);
  return { value, variance: meanOverMembers(graph, graph.add("Mul", [deviations, deviations])) };
}
