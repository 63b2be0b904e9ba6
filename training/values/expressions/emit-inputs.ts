import type { OnnxModel, Value } from "../../onnx/onnx-model";
import { LARGEST_RAW } from "./bounds";
import type { RawColumn } from "./raw-column";
import { indices, Rows } from "./rows";
import { scheduleOf } from "./schedule";
import type { Term } from "./term";

/** Values that no instrument measures, infinity among them, become NaN. */
function measured(graph: OnnxModel, value: Value): Value {
  const believable = graph.add("LessOrEqual", [graph.add("Abs", [value]), graph.scalar(LARGEST_RAW)]);
  return graph.add("Where", [believable, value, graph.scalar(Number.NaN)]);
}

/** The tensors of a study's inputs in a graph. */
export interface EmittedInputs {
  /** [N, F], NaN where missing */
  readonly inputs: Value;
  /** [C, N] the raw columns, NaN where missing or beyond all measurement */
  readonly columns: Value;
}

/**
 * Writes inputs into a graph.
 *
 * @param columns the terms of the raw columns
 * @param raw one tensor [N] for each of them
 */
export function emitInputs(
  graph: OnnxModel,
  inputs: readonly Term[],
  columns: readonly (Term & { readonly column: RawColumn })[],
  raw: readonly Value[],
): EmittedInputs {
  const joined = graph.add("Concat", raw, { axis: 0 });
  const stacked = graph.add("Reshape", [joined, graph.constant([2], indices([raw.length, -1]))]);
  const clean = measured(graph, stacked);
  const rows = new Rows(graph, clean, columns);
  for (const { sums, batches } of scheduleOf(inputs)) {
    if (sums.length > 0) rows.addSums(sums);
    if (batches.length > 0) rows.addBatches(batches);
  }
  return { inputs: graph.add("Transpose", [rows.all(inputs)], { perm: [1, 0] }), columns: clean };
}
