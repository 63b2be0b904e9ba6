import { gatherRows } from "../datasets/gather-rows";
import { OnnxModel } from "../onnx/onnx-model";
import { runGraph } from "../onnx/run-graph";
import type { Fit } from "./family";
import type { FitSample } from "./fit-sample";

/** What one fit says of some rows. */
export type RowAnswers =
  /** [rows] each, of order one */
  | { readonly kind: "quantity"; readonly value: Float32Array; readonly variance: Float32Array | null }
  /** [rows, classes] */
  | { readonly kind: "classes"; readonly probabilities: Float32Array };

/** A fit as a graph of its own. @returns the file, and the outputs that it has */
function graphOf(fit: Fit, columns: number): { onnx: Uint8Array; outputs: string[] } {
  const graph = new OnnxModel("fit");
  const inputs = { raw: graph.input("raw", ["N", columns]), prepared: graph.input("prepared", ["N", 2 * columns]) };
  const answer = fit.emit(graph, inputs);
  const results = Object.entries(answer).filter(([name, value]) => name !== "kind" && value !== null);
  for (const [name, value] of results) graph.output(name, value as string, ["N", name === "probabilities" ? "classes" : 1]);
  return { onnx: graph.finish(), outputs: results.map(([name]) => name) };
}

/** Answers rows by the graph that a fit writes, as they will be answered when it is served. */
export async function answerRows(fit: Fit, { raw, prepared, columns }: FitSample, rows: Int32Array): Promise<RowAnswers> {
  const { onnx, outputs } = graphOf(fit, columns);
  const feeds = { raw: gatherRows(raw, columns, rows), prepared: gatherRows(prepared, 2 * columns, rows) };
  const { value, variance, probabilities } = await runGraph(onnx, feeds, rows.length, outputs);
  if (probabilities) return { kind: "classes", probabilities };
  return { kind: "quantity", value: value!, variance: variance ?? null };
}
