import type { OnnxModel, Value } from "../onnx/onnx-model";
import type { Family, Fitter, FitWatch, GraphInputs } from "./family";
import type { FitSample, LabelledTarget } from "./fit-sample";

/** A family that is ready to fit, with the settings that a study gives it. */
export interface OpenFamily<Of extends object = object> {
  readonly family: Family<Of>;
  readonly fitter: Fitter<Of>;
  readonly settings: Of;
}

/** What is to be fitted, by which families: several are stacked. */
export interface FitPlan {
  /** one, or several whose answers are combined */
  readonly families: readonly OpenFamily[];
  readonly sample: FitSample;
  readonly target: LabelledTarget;
  readonly seed: number;
  readonly watch: FitWatch;
  /** sets of missing inputs that get a fit of their own, at most; 1: all are learned together. 10 when absent */
  readonly apart?: number;
}

/** Counts and settings that people may want to know, as a manifest keeps them. */
export type FitNotes = Readonly<Record<string, number | string>>;

/** A quantity that was fitted, with its stated errors. */
export interface FittedQuantity {
  readonly kind: "quantity";
  /**
   * Adds the model to a graph.
   *
   * @param conditions [N, conditionNames] as in the sample
   * @returns [N, 1] each, in the label's unit
   */
  emit(graph: OnnxModel, inputs: GraphInputs, conditions: Value): { readonly value: Value; readonly error: Value };
  /** [rows] what is said of each row by fits that it had no part in; NaN where the label is unknown */
  readonly outOfFold: { readonly value: Float64Array; readonly error: Float64Array };
  readonly notes: FitNotes;
}

/** Classes that were fitted, with calibrated probabilities. */
export interface FittedClasses {
  readonly kind: "classes";
  /** @returns [N, classes] that add up to one */
  emit(graph: OnnxModel, inputs: GraphInputs, conditions: Value): { readonly probabilities: Value };
  /** [rows, classes] by fits that the row had no part in; NaN where the class is unknown */
  readonly outOfFold: { readonly probabilities: Float64Array };
  readonly notes: FitNotes;
}

export type FittedTarget = FittedQuantity | FittedClasses;
