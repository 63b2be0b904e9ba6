import type { GraphAnswer } from "../../fit/family";
import type { OnnxModel, Value } from "../../onnx/onnx-model";
import type { NearestFit } from "./fit-nearest";
import { LEAST_SHARE } from "./neighbours";

const axis = (graph: OnnxModel, index: number): Value => graph.constant([1], BigInt64Array.of(BigInt(index)));

function columnsOf(graph: OnnxModel, from: Value, start: number, end: number): Value {
  const at = (index: number) => graph.constant([1], BigInt64Array.of(BigInt(index)));
  return graph.add("Slice", [from, at(start), at(end), at(1)]);
}

/** [stars, columns] -> [columns, stars], each multiplied by what `factor` says of it. */
function across(values: Float32Array, columns: number, factor: (at: number, column: number) => number): Float32Array {
  const stars = values.length / columns;
  return Float32Array.from({ length: values.length }, (_, index) => {
    const [column, star] = [Math.floor(index / stars), index % stars];
    return factor(star * columns + column, column);
  });
}

/**
 * Squared distances as a product of matrices: with s = 0 where a kept star lacks the input and p = 1 where it has it, they
 * are the sum over the inputs that are there of m x^2 + m (s^2 + 1 - p) - 2 x m s.
 *
 * @param prepared [N, 2 columns]
 * @returns [N, stars]
 */
function distances(graph: OnnxModel, prepared: Value, { values, present, metric, columns }: NearestFit): Value {
  const stars = values.length / columns;
  const x = columnsOf(graph, prepared, 0, columns);
  const there = graph.add("Sub", [graph.scalar(1), columnsOf(graph, prepared, columns, 2 * columns)]);
  const kept = new Float32Array(2 * values.length);
  kept.set(across(values, columns, (at, column) => metric[column]! * (values[at]! ** 2 + 1 - present[at]!)));
  kept.set(
    across(values, columns, (at, column) => -2 * metric[column]! * values[at]!),
    values.length,
  );
  const products = graph.add("MatMul", [graph.add("Concat", [there, x], { axis: 1 }), graph.constant([2 * columns, stars], kept)]);
  const weights = graph.constant([columns, 1], metric);
  const squares = graph.add("MatMul", [graph.add("Mul", [x, x]), weights]);
  const total = metric.reduce((sum, one) => sum + one, 0);
  const asked = graph.add("Max", [graph.add("MatMul", [there, weights]), graph.scalar(LEAST_SHARE * total)]);
  const factor = graph.add("Div", [graph.scalar(total), asked]);
  return graph.add("Mul", [graph.add("Relu", [graph.add("Add", [products, squares])]), factor]);
}

/** Adds the neighbours' answer to a graph. */
export function emitNearest(graph: OnnxModel, prepared: Value, fit: NearestFit): GraphAnswer {
  const [near, indices] = graph.addWithResults(2, "TopK", [distances(graph, prepared, fit), axis(graph, fit.neighbours)], {
    axis: 1,
    largest: 0,
    sorted: 1,
  });
  const inverse = graph.add("Div", [graph.scalar(1), graph.add("Add", [near!, graph.scalar(fit.softness)])]);
  const weights = graph.add("Div", [inverse, graph.add("ReduceSum", [inverse, axis(graph, 1)])]);
  const answers = fit.labels.map((label) => {
    const known = graph.add("Gather", [graph.constant([label.length], Float32Array.from(label)), indices!]);
    return { known, mean: graph.add("ReduceSum", [graph.add("Mul", [weights, known]), axis(graph, 1)]) };
  });
  if (fit.isQuantity) {
    const { known, mean } = answers[0]!;
    const deviations = graph.add("Sub", [known, mean]);
    const squares = graph.add("Mul", [weights, graph.add("Mul", [deviations, deviations])]);
    return { kind: "quantity", value: mean, variance: graph.add("ReduceSum", [squares, axis(graph, 1)]) };
  }
  return {
    kind: "classes",
    probabilities: withPrior(
      graph,
      answers.map(({ mean }) => mean),
      fit,
    ),
  };
}

/** As if one more neighbour had voted as all stars together do: no class is impossible. */
function withPrior(graph: OnnxModel, votes: readonly Value[], { labels, neighbours }: NearestFit): Value {
  const shares = Float32Array.from(labels, (label) => (label.reduce((sum, one) => sum + one, 0) + 1) / (label.length + labels.length));
  const prior = graph.constant([shares.length], shares);
  const counted = graph.add("Mul", [graph.add("Concat", votes, { axis: 1 }), graph.scalar(neighbours)]);
  return graph.add("Div", [graph.add("Add", [counted, prior]), graph.scalar(neighbours + 1)]);
}
