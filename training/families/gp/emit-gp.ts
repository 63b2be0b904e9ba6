import type { GraphAnswer } from "../../fit/family";
import type { OnnxModel, Value } from "../../onnx/onnx-model";
import type { GpFit } from "./fit-gp";

const ROOT5 = Math.sqrt(5);
/** A probability of nothing at all has no logarithm. */
const LEAST = 1e-3;

const integers = (values: ArrayLike<number>) => BigInt64Array.from(Array.from(values), BigInt);
const axis = (graph: OnnxModel) => graph.constant([1], BigInt64Array.of(1n));

/** [rows, columns] -> [columns, rows] */
function transposed(values: Float64Array, columns: number): Float32Array {
  const rows = values.length / columns;
  return Float32Array.from({ length: values.length }, (_, at) => values[(at % rows) * columns + Math.floor(at / rows)]!);
}

/** @returns [N, points] covariance with each point, in units of the signal */
function covariances(graph: OnnxModel, prepared: Value, { used, lengths, points }: GpFit): Value {
  const size = used.length;
  const taken = graph.add("Gather", [prepared, graph.constant([size], integers(used))], { axis: 1 });
  const scaled = graph.add("Div", [taken, graph.constant([size], Float32Array.from(lengths))]);
  const rows = points.length / size;
  const own = Float32Array.from({ length: rows }, (_, row) =>
    points.subarray(row * size, (row + 1) * size).reduce((sum, value) => sum + value * value, 0),
  );
  const products = graph.add("MatMul", [
    scaled,
    graph.constant(
      [size, rows],
      transposed(
        points.map((value) => -2 * value),
        size,
      ),
    ),
  ]);
  const squares = graph.add("ReduceSum", [graph.add("Mul", [scaled, scaled]), axis(graph)]);
  const squared = graph.add("Relu", [graph.add("Add", [graph.add("Add", [products, squares]), graph.constant([rows], own)])]);
  const distance = graph.add("Mul", [graph.add("Sqrt", [squared]), graph.scalar(ROOT5)]);
  const polynomial = graph.add("Add", [graph.add("Add", [distance, graph.scalar(1)]), graph.add("Mul", [squared, graph.scalar(5 / 3)])]);
  return graph.add("Mul", [polynomial, graph.add("Exp", [graph.add("Neg", [distance])])]);
}

/** What the anchors leave open of a star: small near the training stars, the signal far from them; and the noise. */
function variance(graph: OnnxModel, kernel: Value, { anchors, whitening, signal, noise }: GpFit): Value {
  const size = anchors.length;
  const near = graph.add("Gather", [kernel, graph.constant([size], integers(anchors))], { axis: 1 });
  const white = graph.add("MatMul", [
    near,
    graph.constant(
      [size, size],
      Float32Array.from(whitening, (value) => value * signal),
    ),
  ]);
  const said = graph.add("ReduceSum", [graph.add("Mul", [white, white]), axis(graph)]);
  return graph.add("Add", [graph.add("Relu", [graph.add("Sub", [graph.scalar(signal), said])]), graph.scalar(noise)]);
}

/** Adds the process's answer to a graph. */
export function emitGp(graph: OnnxModel, prepared: Value, fit: GpFit): GraphAnswer {
  const kernel = covariances(graph, prepared, fit);
  const outputs = fit.weights.length;
  const points = fit.weights[0]!.length;
  const weights = new Float32Array(points * outputs);
  for (const [output, column] of fit.weights.entries())
    for (const [point, weight] of column.entries()) weights[point * outputs + output] = weight * fit.signal;
  const about = graph.add("MatMul", [kernel, graph.constant([points, outputs], weights)]);
  const answer = graph.add("Add", [about, graph.constant([outputs], Float32Array.from(fit.means))]);
  if (fit.isQuantity) return { kind: "quantity", value: answer, variance: variance(graph, kernel, fit) };
  const positive = graph.add("Max", [answer, graph.scalar(LEAST)]);
  return { kind: "classes", probabilities: graph.add("Div", [positive, graph.add("ReduceSum", [positive, axis(graph)])]) };
}
