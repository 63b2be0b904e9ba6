import type { FittedTarget } from "../../training/fit/fit-plan";
import type { Normalisation } from "../../training/fit/scales";
import { OnnxModel } from "../../training/onnx/onnx-model";
import { prepareInputs } from "../../training/onnx/prepare";
import { runGraph } from "../../training/onnx/run-graph";

/** What a fitted target says of stars, by a graph that begins at their raw inputs. */
export async function runFitted(
  fitted: FittedTarget,
  normalisation: Normalisation,
  raw: Float32Array,
  conditions: Float32Array,
): Promise<Record<string, Float32Array>> {
  const columns = normalisation.mean.length;
  const rows = raw.length / columns;
  const graph = new OnnxModel("fitted");
  const inputs = graph.input("raw", ["N", columns]);
  const given = graph.input("conditions", ["N", conditions.length / rows]);
  const answer = fitted.emit(graph, { raw: inputs, prepared: prepareInputs(graph, inputs, normalisation) }, given);
  for (const [name, value] of Object.entries(answer)) graph.output(name, value, ["N", name === "probabilities" ? "classes" : 1]);
  return runGraph(graph.finish(), { raw, conditions }, rows, Object.keys(answer));
}
