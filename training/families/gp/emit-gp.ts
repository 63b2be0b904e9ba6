import type { GraphAnswer } from "../../fit/family";
import { emitGapChoice } from "../../fit/gap-choice";
import { FLOAT32, FLOAT64, type OnnxModel, type Value } from "../../onnx/onnx-model";
import type { GpFit } from "./fit-gp";
import { fewOf, type SolvedKernel } from "./solve-gp";

/** Regressions of 1 and -1 become probabilities that calibration then sharpens or blunts. */
const SHARPNESS = 3;
/** Share of the amplitude that is never known. */
const LEAST_VARIANCE = 1e-6;

const number64 = (graph: OnnxModel, value: number): Value => graph.constant([], Float64Array.of(value));
const whole = (graph: OnnxModel, ...values: number[]): Value => graph.constant([values.length], BigInt64Array.from(values, BigInt));

/** [rows, columns] -> [columns, rows] */
function transposed(matrix: Float64Array, columns: number): Float64Array {
  const rows = matrix.length / columns;
  return matrix.map((_, at) => matrix[(at % rows) * columns + Math.floor(at / rows)]!);
}

/** @param prepared [N, 2F] @returns int64 [N] the kernel whose gap fits a star's missing inputs best */
function kernelOf(graph: OnnxModel, prepared: Value, { points, kernels }: GpFit): Value {
  const size = points.columns / 2;
  const missing = graph.add("Slice", [prepared, whole(graph, size), whole(graph, 2 * size), whole(graph, 1)]);
  // A kernel looks at the flags of what some stars lacked.
  const learned = kernels.map(({ gap, metric }) => ({ gap, sometimes: Array.from(gap.keys(), (column) => metric[size + column]! > 0) }));
  return emitGapChoice(graph, missing, learned);
}

/** What a star's kernel has, picked of all: [kernels, width] -> [N, width] */
const picked = (graph: OnnxModel, table: readonly Float64Array[], kernel: Value): Value => {
  const width = table[0]!.length;
  const all = new Float64Array(table.length * width);
  table.forEach((row, index) => {
    all.set(row, index * width);
  });
  return graph.add("Gather", [graph.constant([table.length, width], all), kernel]);
};

/**
 * Squared distances in lengths, q x^2 + q s^2 - 2 q x s summed over the inputs, with the q of each star's kernel.
 *
 * @returns [N, points]
 */
function distances(graph: OnnxModel, x: Value, { inputs, columns }: GpFit["points"], metric: Value): Value {
  const across = (of: (value: number) => number): Value =>
    graph.constant([columns, inputs.length / columns], transposed(inputs.map(of), columns));
  const weighed = graph.add("Mul", [metric, x]);
  const own = graph.add("ReduceSum", [graph.add("Mul", [weighed, x]), whole(graph, 1)]);
  const squares = graph.add("MatMul", [metric, across((value) => value * value)]);
  const products = graph.add("MatMul", [weighed, across((value) => -2 * value)]);
  return graph.add("Max", [graph.add("Add", [graph.add("Add", [squares, products]), own]), number64(graph, 0)]);
}

/** In double precision, since weights of some thousand stars all but cancel. @returns [N, points] */
function covariances(graph: OnnxModel, x: Value, { points, kernels }: GpFit, kernel: Value): Value {
  const pick = (of: (one: SolvedKernel) => Float64Array): Value => picked(graph, kernels.map(of), kernel);
  const r2 = distances(
    graph,
    x,
    points,
    pick(({ metric }) => metric),
  );
  const r = graph.add("Mul", [graph.add("Sqrt", [r2]), number64(graph, Math.sqrt(5))]);
  const polynomial = graph.add("Add", [graph.add("Add", [r, number64(graph, 1)]), graph.add("Mul", [r2, number64(graph, 5 / 3)])]);
  const shape = graph.add("Mul", [polynomial, graph.add("Exp", [graph.add("Neg", [r])])]);
  return graph.add("Mul", [shape, pick(({ amplitude }) => Float64Array.of(amplitude))]);
}

/** For each kernel, |m' k|^2 of its matrix m [few, few]. @param near [N, few] @returns [N, kernels] */
function lengths(graph: OnnxModel, near: Value, matrices: readonly Float64Array[], few: number): Value {
  const width = few * matrices.length;
  const all = new Float64Array(few * width);
  matrices.forEach((matrix, index) => {
    for (let i = 0; i < few; i++) all.set(matrix.subarray(i * few, (i + 1) * few), i * width + index * few);
  });
  const projected = graph.add("MatMul", [near, graph.constant([few, width], all)]);
  const squares = graph.add("Reshape", [graph.add("Mul", [projected, projected]), whole(graph, -1, matrices.length, few)]);
  return graph.add("ReduceSum", [squares, whole(graph, 2)], { keepdims: 0 });
}

/** amplitude + noise, less what the few points know of a star, with the matrices of its kernel. @returns [N, 1] */
function varianceOf(graph: OnnxModel, covariance: Value, { points, kernels }: GpFit, kernel: Value): Value {
  const pick = (of: (one: SolvedKernel) => number): Value =>
    picked(
      graph,
      kernels.map((one) => Float64Array.of(of(one))),
      kernel,
    );
  const few = fewOf(points.inputs.length / points.columns);
  const near = graph.add("Slice", [covariance, whole(graph, 0), whole(graph, few), whole(graph, 1)]);
  const [prior, left] = (["prior", "left"] as const).map((name) =>
    lengths(
      graph,
      near,
      kernels.map(({ known }) => known[name]),
      few,
    ),
  );
  const one = graph.add("Unsqueeze", [kernel, whole(graph, 1)]);
  const known = graph.add("GatherElements", [graph.add("Sub", [prior!, left!]), one], { axis: 1 });
  const total = pick(({ amplitude, noise }) => amplitude + noise);
  return graph.add("Max", [graph.add("Sub", [total, known]), pick(({ amplitude, noise }) => noise + LEAST_VARIANCE * amplitude)]);
}

/** Adds a Gaussian process to a graph. @param prepared [N, 2F] */
export function emitGp(graph: OnnxModel, prepared: Value, fit: GpFit): GraphAnswer {
  const x = graph.add("Cast", [prepared], { to: FLOAT64 });
  const kernel = kernelOf(graph, prepared, fit);
  const covariance = covariances(graph, x, fit, kernel);
  const values = fit.kernels[0]!.weights.map((_, output) => {
    const weights = picked(
      graph,
      fit.kernels.map((one) => one.weights[output]!),
      kernel,
    );
    const sum = graph.add("ReduceSum", [graph.add("Mul", [covariance, weights]), whole(graph, 1)]);
    return graph.add("Cast", [sum], { to: FLOAT32 });
  });
  if (fit.isQuantity)
    return {
      kind: "quantity",
      value: values[0]!,
      variance: graph.add("Cast", [varianceOf(graph, covariance, fit, kernel)], { to: FLOAT32 }),
    };
  const logits = graph.add("Mul", [graph.add("Concat", values, { axis: 1 }), graph.scalar(SHARPNESS)]);
  return { kind: "classes", probabilities: graph.add("Softmax", [logits], { axis: 1 }) };
}
