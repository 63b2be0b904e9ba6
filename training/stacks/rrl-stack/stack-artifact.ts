import { SHAPE_BLOCK } from "../../../src/features/light-curve/sequence/rrl-shape-and-points";
import type { FittedQuantity } from "../../fit/fit-plan";
import { OnnxModel } from "../../onnx/onnx-model";
import { prepareInputs } from "../../onnx/prepare";
import { emitBlock } from "./blocks";
import { emitConditions } from "./error-conditions";
import type { PreparedStack } from "./stack-data";

/** One ONNX file: `inputs` [N, F] -> all members, their weighted mean `value`, and its `error`, [N, 1] in the label's unit. */
export function exportStack(name: string, { normalisation, conditions }: PreparedStack, fitted: FittedQuantity): Uint8Array {
  const width = normalisation.mean.length;
  const graph = new OnnxModel(name);
  const raw = graph.input("inputs", ["N", width]);
  const inputs = { raw, prepared: prepareInputs(graph, raw, normalisation) };
  const shape = emitBlock(graph, inputs, width, SHAPE_BLOCK);
  const { value, error } = fitted.emit(graph, inputs, emitConditions(graph, shape.raw, conditions));
  graph.output("value", value, ["N", 1]);
  graph.output("error", error, ["N", 1]);
  return graph.finish();
}
