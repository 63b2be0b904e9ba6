import { choleskyFactor } from "../../../src/science/cholesky";
import type { GraphAnswer } from "../../fit/family";
import type { OnnxModel, Value } from "../../onnx/onnx-model";
import type { LinearFit } from "./fit-linear";
import { emitLinearTerms } from "./terms";

/** Adds a linear fit to a graph. @param prepared [N, 2F] */
export function emitLinear(graph: OnnxModel, prepared: Value, fit: LinearFit): GraphAnswer {
  const x = emitLinearTerms(graph, fit.terms, prepared);
  if (fit.kind === "classes") {
    const coefficients = graph.constant([fit.coefficients.length / fit.classes, fit.classes], Float32Array.from(fit.coefficients));
    return { kind: "classes", probabilities: graph.add("Softmax", [graph.add("MatMul", [x, coefficients])], { axis: 1 }) };
  }
  const { mean, covariance, noise } = fit.posterior;
  const size = mean.length;
  const value = graph.add("MatMul", [x, graph.constant([size, 1], Float32Array.from(mean))]);
  // x' C x = |L' x|^2 of C = L L': squares cannot cancel to less than nothing.
  const factor = choleskyFactor(covariance, size)!;
  const projected = graph.add("MatMul", [x, graph.constant([size, size], Float32Array.from(factor))]);
  const axes = graph.constant([1], BigInt64Array.of(1n));
  const squares = graph.add("ReduceSum", [graph.add("Mul", [projected, projected]), axes]);
  return { kind: "quantity", value, variance: graph.add("Add", [squares, graph.scalar(noise)]) };
}
