import { OnnxModel, type Value } from "../onnx/onnx-model";
import { prepareInputs } from "../onnx/prepare";
import type { Calibration, LabelScale, Normalisation } from "./scales";

/** A normalised prediction in the graph. */
export interface NormalisedPrediction {
  /** [N, 1] of order one */
  readonly value: Value;
  /** [N, 1] variance of order one, before calibration; absent where a model gives none: the error is the floor */
  readonly variance?: Value;
}

/**
 * The graph that every model of the house has, whatever its family: `inputs` float32 [N, F], raw features with NaN
 * where missing; `value` and `error` float32 [N, L] in label units. A family adds what lies between.
 */
export class PredictionModel {
  readonly graph: OnnxModel;
  /** [N, F] as they came, NaN if missing */
  readonly raw: Value;
  /** [N, 2F] of order one: the F normalised values, 0 if missing, then their F NaN flags, 1 if missing */
  readonly inputs: Value;
  readonly #values: Value[] = [];
  readonly #errors: Value[] = [];

  constructor(name: string, normalisation: Normalisation) {
    this.graph = new OnnxModel(name);
    this.raw = this.graph.input("inputs", ["N", normalisation.mean.length]);
    this.inputs = prepareInputs(this.graph, this.raw, normalisation);
  }

  /** Adds the next label: its prediction is brought to the label's unit and its error calibrated. */
  label(scale: LabelScale, prediction: NormalisedPrediction, calibration: Calibration): void {
    const { graph } = this;
    const scaled = graph.add("Mul", [prediction.value, graph.scalar(scale.scale)]);
    this.#values.push(graph.add("Add", [scaled, graph.scalar(scale.mean)]));
    // A model without a spread of its own: its variance is 0 for every star.
    const variance = prediction.variance ?? graph.add("Mul", [prediction.value, graph.scalar(0)]);
    const gained = graph.add("Mul", [variance, graph.scalar((calibration.gain * scale.scale) ** 2)]);
    this.#errors.push(graph.add("Sqrt", [graph.add("Add", [gained, graph.scalar(calibration.floor ** 2)])]));
  }

  finish(): Uint8Array {
    const { graph } = this;
    graph.output("value", graph.add("Concat", this.#values, { axis: 1 }), ["N", this.#values.length]);
    graph.output("error", graph.add("Concat", this.#errors, { axis: 1 }), ["N", this.#errors.length]);
    return graph.finish();
  }
}
