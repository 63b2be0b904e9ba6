import { Tensor } from "onnxruntime-node";
import { OnnxModel } from "../../onnx/onnx-model";
import { runRows } from "../../onnx/run-graph";
import type { CompiledInputs } from "./compiled-inputs";

/** @returns a graph that gives `inputs` [N, F] only */
export function inputsGraph(compiled: CompiledInputs): Uint8Array {
  const graph = new OnnxModel("inputs");
  graph.output("inputs", compiled.emit(graph).inputs, ["N", compiled.inputs.length]);
  return graph.finish();
}

/** One tensor [stars] a raw column, of some rows of a matrix. */
export function columnTensors(compiled: CompiledInputs, raw: Float32Array, first: number, stars: number): Record<string, Tensor> {
  const width = compiled.columns.length;
  const tensor = (column: number) => {
    const values = new Float32Array(stars);
    for (let star = 0; star < stars; star++) values[star] = raw[(first + star) * width + column]!;
    return new Tensor("float32", values, [stars]);
  };
  return Object.fromEntries(compiled.columns.map(({ name }, column) => [name, tensor(column)]));
}

/**
 * Computes a study's inputs by the graph that an artifact carries.
 *
 * @param raw [N, C] row by row, in the order of the compiled columns; NaN where missing
 * @returns [N, F] row by row; NaN where missing
 */
export async function computeInputs(compiled: CompiledInputs, raw: Float32Array): Promise<Float32Array> {
  const rows = raw.length / compiled.columns.length;
  const { inputs } = await runRows(inputsGraph(compiled), rows, (first, count) => columnTensors(compiled, raw, first, count), ["inputs"]);
  return inputs!; // runRows answers with every output that it was asked for
}
