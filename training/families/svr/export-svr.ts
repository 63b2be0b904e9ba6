import { PredictionModel } from "../../fit/prediction-model";
import type { LabelScale, Normalisation } from "../../fit/scales";
import { FLOAT32, FLOAT64, type OnnxModel, type Value } from "../../onnx/onnx-model";

/**
 * A support-vector regression with a radial kernel, as plain numbers:
 * sum over s of coefficient_s exp(-gamma |x - s|^2) + bias. It takes the F normalised inputs and then their F NaN
 * flags, and gives the label of order one.
 */
export interface SvrWeights {
  readonly gamma: number;
  /** [S, 2F], row by row */
  readonly supportVectors: Float64Array;
  /** [S] */
  readonly coefficients: Float64Array;
  readonly bias: number;
}

/** One label's regression. Its stated error is the same for every star, in the label's unit. */
export interface SvrLabel extends LabelScale {
  readonly weights: SvrWeights;
  readonly error: number;
}

/** A regression for each label, as plain numbers: what training leaves behind. */
export interface SvrModel {
  readonly name: string;
  readonly normalisation: Normalisation;
  readonly labels: readonly SvrLabel[];
}

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
function regression(graph: OnnxModel, x: Value, { gamma, supportVectors, coefficients, bias }: SvrWeights): Value {
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

/** Writes a regression for each label as one ONNX file: `inputs` [N, F] -> `value` and `error` [N, L], see PredictionModel. */
export function exportSvr({ name, normalisation, labels }: SvrModel): Uint8Array {
  const model = new PredictionModel(name, normalisation);
  const x = model.graph.add("Cast", [model.inputs], { to: FLOAT64 });
  for (const label of labels) {
    const value = regression(model.graph, x, label.weights);
    model.label(label, { value }, { floor: label.error, gain: 0 });
  }
  return model.finish();
}
