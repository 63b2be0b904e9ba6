import { type NormalisedPrediction, PredictionModel } from "../../fit/prediction-model";
import type { Calibration, LabelScale, Normalisation } from "../../fit/scales";
import { meanAndVariance, meanOverMembers } from "../../onnx/members";
import type { OnnxModel, Value } from "../../onnx/onnx-model";
import { emitNetwork } from "./emit-network";
import type { MlpWeights } from "./mlp-weights";

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
  const results = members.map((member) => emitNetwork(graph, inputs, member));
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
