import { PredictionModel } from "../../fit/prediction-model";
import type { LabelScale, Normalisation } from "../../fit/scales";
import { FLOAT64 } from "../../onnx/onnx-model";
import { emitSvr } from "./emit-svr";
import type { SvrWeights } from "./svr";

/** One label's regression. Its stated error is the same for every star, in the label's unit. */
export interface SvrLabel extends LabelScale {
  readonly weights: SvrWeights;
  readonly error: number;
}

/** A regression for each label, as plain numbers: what training leaves behind. */
export interface SvrModel {
  readonly name: string;
  readonly normalisation: Normalisation;
  readonly labels: readonly SvrLabel[];
}

/** Writes a regression for each label as one ONNX file: `inputs` [N, F] -> `value` and `error` [N, L], see PredictionModel. */
export function exportSvr({ name, normalisation, labels }: SvrModel): Uint8Array {
  const model = new PredictionModel(name, normalisation);
  const x = model.graph.add("Cast", [model.inputs], { to: FLOAT64 });
  for (const label of labels) {
    const value = emitSvr(model.graph, x, label.weights);
    model.label(label, { value }, { floor: label.error, gain: 0 });
  }
  return model.finish();
}
