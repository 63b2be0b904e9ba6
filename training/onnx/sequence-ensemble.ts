import type { SequenceLayout } from "../../src/features/light-curve/sequence/sequence-inputs";
import type { NetworkShape } from "../sequences/network-shape";
import type { Snapshot } from "../sequences/sequence-network";
import { meanAndVariance } from "./members";
import { type Calibration, type LabelScale, type Normalisation, PredictionModel } from "./prediction-model";
import { recurrentGraph } from "./recurrent";
import { sequencesOf } from "./sequence-graph";

/** Networks on light curves, for one label: what training leaves behind. */
export interface SequenceEnsemble {
  readonly name: string;
  readonly layout: SequenceLayout;
  readonly normalisation: Normalisation;
  readonly shape: NetworkShape;
  readonly members: readonly Snapshot[];
  readonly label: LabelScale;
  readonly calibration: Calibration;
}

/** Writes an ensemble as one ONNX file: `inputs` [N, F] -> `value` and `error` [N, 1], see PredictionModel. */
export function exportSequenceEnsemble({ name, layout, normalisation, shape, members, label, calibration }: SequenceEnsemble): Uint8Array {
  const model = new PredictionModel(name, normalisation);
  const { graph } = model;
  const sequences = sequencesOf(model, layout);
  const values = members.map((weights) => recurrentGraph(graph, shape, weights, sequences));
  model.label(label, meanAndVariance(graph, graph.add("Concat", values, { axis: 1 })), calibration);
  return model.finish();
}
