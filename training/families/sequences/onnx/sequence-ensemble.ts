import type { SequenceLayout } from "../../../../src/features/light-curve/sequence/sequence-inputs";
import type { GraphInputs } from "../../../fit/family";
import { PredictionModel } from "../../../fit/prediction-model";
import type { Calibration, LabelScale, Normalisation } from "../../../fit/scales";
import { meanAndVariance } from "../../../onnx/members";
import type { OnnxModel, Value } from "../../../onnx/onnx-model";
import type { NetworkShape } from "../network-shape";
import type { Snapshot } from "../sequence-network";
import { recurrentGraph } from "./recurrent";
import { type SequenceValues, sequencesOf } from "./sequence-graph";
import { transformerGraph } from "./transformer";

/** Networks on light curves, as plain numbers. */
export interface SequenceNetworks {
  readonly layout: SequenceLayout;
  readonly shape: NetworkShape;
  /** multiples of the phase whose sine and cosine each point carries */
  readonly harmonics: number;
  readonly members: readonly Snapshot[];
}

/** Networks on light curves, for one label: what training leaves behind. */
export interface SequenceEnsemble extends SequenceNetworks {
  readonly name: string;
  readonly normalisation: Normalisation;
  readonly label: LabelScale;
  readonly calibration: Calibration;
}

function networkGraph(graph: OnnxModel, shape: NetworkShape, weights: Snapshot, sequences: SequenceValues): Value {
  return shape.kind === "recurrent" ? recurrentGraph(graph, shape, weights, sequences) : transformerGraph(graph, shape, weights, sequences);
}

/** Adds networks to a graph. @returns their mean and the variance about it, [N, 1] of order one */
export function emitNetworks(graph: OnnxModel, inputs: GraphInputs, networks: SequenceNetworks): { value: Value; variance: Value } {
  const { layout, shape, harmonics, members } = networks;
  const sequences = sequencesOf(graph, inputs, layout, harmonics);
  const values = members.map((weights) => networkGraph(graph, shape, weights, sequences));
  return meanAndVariance(graph, graph.add("Concat", values, { axis: 1 }));
}

/** Writes an ensemble as one ONNX file: `inputs` [N, F] -> `value` and `error` [N, 1], see PredictionModel. */
export function exportSequenceEnsemble(ensemble: SequenceEnsemble): Uint8Array {
  const { name, normalisation, label, calibration } = ensemble;
  const model = new PredictionModel(name, normalisation);
  model.label(label, emitNetworks(model.graph, { raw: model.raw, prepared: model.inputs }, ensemble), calibration);
  return model.finish();
}
