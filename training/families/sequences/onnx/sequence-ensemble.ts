import type { SequenceLayout } from "../../../../src/features/light-curve/sequence/sequence-inputs";
import { PredictionModel } from "../../../fit/prediction-model";
import type { Calibration, LabelScale, Normalisation } from "../../../fit/scales";
import { meanAndVariance } from "../../../onnx/members";
import type { OnnxModel, Value } from "../../../onnx/onnx-model";
import type { NetworkShape } from "../network-shape";
import type { Snapshot } from "../sequence-network";
import { recurrentGraph } from "./recurrent";
import { type SequenceValues, sequencesOf } from "./sequence-graph";
import { transformerGraph } from "./transformer";

/** Networks on light curves, for one label: what training leaves behind. */
export interface SequenceEnsemble {
  readonly name: string;
  readonly layout: SequenceLayout;
  readonly normalisation: Normalisation;
  readonly shape: NetworkShape;
  /** multiples of the phase whose sine and cosine each point carries */
  readonly harmonics: number;
  readonly members: readonly Snapshot[];
  readonly label: LabelScale;
  readonly calibration: Calibration;
}

function networkGraph(graph: OnnxModel, shape: NetworkShape, weights: Snapshot, sequences: SequenceValues): Value {
  return shape.kind === "recurrent" ? recurrentGraph(graph, shape, weights, sequences) : transformerGraph(graph, shape, weights, sequences);
}

/** Writes an ensemble as one ONNX file: `inputs` [N, F] -> `value` and `error` [N, 1], see PredictionModel. */
export function exportSequenceEnsemble(ensemble: SequenceEnsemble): Uint8Array {
  const { name, layout, normalisation, shape, members, label, calibration } = ensemble;
  const model = new PredictionModel(name, normalisation);
  const { graph } = model;
  const sequences = sequencesOf(model, layout, ensemble.harmonics);
  const values = members.map((weights) => networkGraph(graph, shape, weights, sequences));
  model.label(label, meanAndVariance(graph, graph.add("Concat", values, { axis: 1 })), calibration);
  return model.finish();
}
