import { type NormalisedPrediction, PredictionModel } from "../../fit/prediction-model";
import type { Calibration, LabelScale, Normalisation } from "../../fit/scales";
import { meanAndVariance, meanOverMembers } from "../../onnx/members";
import type { OnnxModel, Value } from "../../onnx/onnx-model";
import { type DenseLayer, foldBatchNorms, type MlpWeights } from "./mlp-weights";

/** One label's networks. */
export interface MlpLabel extends LabelScale {
  /** at least one; all with one output (value), or all with two (value, log variance) */
  readonly members: readonly MlpWeights[];
  readonly calibration: Calibration;
}

/** An ensemble of networks for each label, as plain numbers: what training leaves behind. */
export interface MlpEnsemble {
  readonly name: string;
  readonly normalisation: Normalisation;
  readonly labels: readonly MlpLabel[];
}

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

/** @returns [N, 1] or [N, 2] */
function network(graph: OnnxModel, inputs: Value, weights: MlpWeights): Value {
  let value = inputs;
  for (const layer of foldBatchNorms(weights)) {
    const units = layer.bias.length;
    const kernel = graph.constant([layer.kernel.length / units, units], layer.kernel);
    value = activate(graph, graph.add("Gemm", [value, kernel, graph.constant([units], layer.bias)]), layer.activation);
  }
  return value;
}

function outputsOf(weights: MlpWeights): number {
  const last = weights.findLast((layer) => layer.kind === "dense");
  return last ? last.bias.length : 0;
}

/** Mean of the members, and the variance of their mixture: that of their values plus, where they state one, the mean of their own. */
function combine(graph: OnnxModel, inputs: Value, { name, members }: MlpLabel): NormalisedPrediction {
  const outputs = outputsOf(members[0] ?? []);
  if ((outputs !== 1 && outputs !== 2) || members.some((member) => outputsOf(member) !== outputs)) {
    throw new RangeError(`The members of ${name} must all have one output, or all two.`);
  }
  const results = members.map((member) => network(graph, inputs, member));
  const column = (index: number): Value => {
    const columns =
      outputs === 1
        ? results
        : results.map((result) => graph.add("Gather", [result, graph.constant([1], BigInt64Array.of(BigInt(index)))], { axis: 1 }));
    return graph.add("Concat", columns, { axis: 1 });
  };
  const { value, variance } = meanAndVariance(graph, column(0));
  if (outputs === 1) return { value, variance };
  return { value, variance: graph.add("Add", [variance, meanOverMembers(graph, graph.add("Exp", [column(1)]))]) };
}

/**
 * Writes an ensemble as one ONNX file: `inputs` [N, F] -> `value` and `error` [N, L], see PredictionModel.
 *
 * @throws RangeError if weights do not fit together
 */
export function exportMlpEnsemble(ensemble: MlpEnsemble): Uint8Array {
  const model = new PredictionModel(ensemble.name, ensemble.normalisation);
  for (const label of ensemble.labels) model.label(label, combine(model.graph, model.inputs, label), label.calibration);
  return model.finish();
}
