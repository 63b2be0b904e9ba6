import { meanAndVariance, meanOverMembers } from "../onnx/members";
import type { OnnxModel, Value } from "../onnx/onnx-model";
import type { Family, Fit, GraphAnswer, GraphInputs } from "./family";

type Quantity = Extract<GraphAnswer, { kind: "quantity" }>;
type Classes = Extract<GraphAnswer, { kind: "classes" }>;

const concatenated = (graph: OnnxModel, columns: readonly Value[]): Value => graph.add("Concat", columns, { axis: 1 });

/** Mean of the fits; their variance about it, where it says how sure they are, and the mean of their own. */
function meanQuantity(graph: OnnxModel, answers: readonly Quantity[], combine: Family["combine"]): Quantity {
  const { value, variance: between } = meanAndVariance(
    graph,
    concatenated(
      graph,
      answers.map((answer) => answer.value),
    ),
  );
  const own = answers.flatMap(({ variance }) => (variance === null ? [] : [variance]));
  const within = own.length === answers.length ? meanOverMembers(graph, concatenated(graph, own)) : null;
  if (combine === "mean") return { kind: "quantity", value, variance: within };
  return { kind: "quantity", value, variance: within === null ? between : graph.add("Add", [between, within]) };
}

function meanClasses(graph: OnnxModel, answers: readonly Classes[]): Classes {
  const sum = answers.map(({ probabilities }) => probabilities).reduce((total, one) => graph.add("Add", [total, one]));
  return { kind: "classes", probabilities: graph.add("Mul", [sum, graph.scalar(1 / answers.length)]) };
}

/** Adds one or several fits of a family to a graph, and what they say together. */
export function emitTogether(graph: OnnxModel, inputs: GraphInputs, fits: readonly Fit[], combine: Family["combine"]): GraphAnswer {
  const answers = fits.map((fit) => fit.emit(graph, inputs));
  if (answers.length === 1) return answers[0]!;
  const quantities = answers.filter((answer) => answer.kind === "quantity");
  if (quantities.length === answers.length) return meanQuantity(graph, quantities, combine);
  return meanClasses(
    graph,
    answers.filter((answer) => answer.kind === "classes"),
  );
}
