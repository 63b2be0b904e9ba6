import type { OnnxModel, Value } from "../../onnx/onnx-model";
import { type DenseLayer, foldBatchNorms, type MlpWeights } from "./mlp-weights";

function activate(graph: OnnxModel, value: Value, activation: DenseLayer["activation"]): Value {
  switch (activation) {
    case "linear":
      return value;
    case "relu":
      return graph.add("Relu", [value]);
    case "elu":
      return graph.add("Elu", [value]);
    case "selu":
      return graph.add("Selu", [value]);
    case "tanh":
      return graph.add("Tanh", [value]);
    case "silu":
      return graph.add("Mul", [value, graph.add("Sigmoid", [value])]);
    case "gelu": {
      // x/2 (1 + erf(x / sqrt 2)), written out: the Gelu operator came with opset 20.
      const erf = graph.add("Erf", [graph.add("Mul", [value, graph.scalar(Math.SQRT1_2)])]);
      return graph.add("Mul", [graph.add("Mul", [value, graph.scalar(0.5)]), graph.add("Add", [erf, graph.scalar(1)])]);
    }
  }
}

/** Adds a trained network to a graph. @param inputs [N, 2F] prepared @returns [N, outputs] */
export function emitNetwork(graph: OnnxModel, inputs: Value, weights: MlpWeights): Value {
  let value = inputs;
  for (const layer of foldBatchNorms(weights)) {
    const units = layer.bias.length;
    const kernel = graph.constant([layer.kernel.length / units, units], layer.kernel);
    value = activate(graph, graph.add("Gemm", [value, kernel, graph.constant([units], layer.bias)]), layer.activation);
  }
  return value;
}
