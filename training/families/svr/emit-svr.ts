import { FLOAT32, type OnnxModel, type Value } from "../../onnx/onnx-model";
import type { SvrWeights } from "./svr";

const number64 = (graph: OnnxModel, value: number): Value => graph.constant([], Float64Array.of(value));

/** [S, C] -> [C, S] */
function transposed(matrix: Float64Array, rows: number): Float64Array {
  const columns = matrix.length / rows;
  return matrix.map((_, index) => matrix[(index % rows) * columns + Math.floor(index / rows)]!);
}

/**
 * |x - s|^2 = |x|^2 + |s|^2 - 2 x s: one matrix product for all support vectors. In double precision, since
 * coefficients as large as the cost (100 and more) all but cancel in the sum.
 *
 * @param x float64 [N, 2F]
 * @returns float32 [N, 1]
 */
export function emitSvr(graph: OnnxModel, x: Value, { gamma, supportVectors, coefficients, bias }: SvrWeights): Value {
  const count = coefficients.length;
  const columns = supportVectors.length / count;
  const squares = Float64Array.from({ length: count }, (_, s) =>
    supportVectors.subarray(s * columns, (s + 1) * columns).reduce((sum, value) => sum + value * value, 0),
  );
  const products = graph.add("MatMul", [x, graph.constant([columns, count], transposed(supportVectors, count))]);
  const lengths = graph.add("MatMul", [graph.add("Mul", [x, x]), graph.constant([columns, 1], new Float64Array(columns).fill(1))]);
  const sums = graph.add("Add", [lengths, graph.constant([count], squares)]);
  const distances = graph.add("Sub", [sums, graph.add("Mul", [products, number64(graph, 2)])]);
  const kernel = graph.add("Exp", [graph.add("Mul", [distances, number64(graph, -gamma)])]);
  const value = graph.add("MatMul", [kernel, graph.constant([count, 1], coefficients)]);
  return graph.add("Cast", [graph.add("Add", [value, number64(graph, bias)])], { to: FLOAT32 });
}
