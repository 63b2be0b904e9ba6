import type { GraphInputs } from "../../fit/family";
import { PredictionModel } from "../../fit/prediction-model";
import type { Calibration, LabelScale, Normalisation } from "../../fit/scales";
import type { OnnxModel, Value } from "../../onnx/onnx-model";
import { emitTrees } from "../../xgboost/emit-trees";
import type { Tree } from "../../xgboost/tree";

/**
 * constant + linear z + z' quadratic z, of the 2F prepared inputs z (normalised values, then NaN flags). What trees
 * can only approach by steps is said in a line.
 */
export interface QuadraticRelation {
  readonly constant: number;
  /** [2F] */
  readonly linear: Float64Array;
  /** [2F, 2F] row by row, as it is summed: only half of it need be filled */
  readonly quadratic: Float64Array;
}

/** One label's boosted trees, all of order one. */
export interface BoostedLabel extends LabelScale {
  /** what all members' trees together add to, the mean of their bases */
  readonly base: QuadraticRelation;
  /** at least one; the prediction is the base and the mean of the members' sums */
  readonly members: readonly (readonly Tree[])[];
  /** their sum is the natural logarithm of a typical residual, before calibration */
  readonly logError: readonly Tree[];
  readonly calibration: Calibration;
}

export interface BoostedModel {
  readonly name: string;
  readonly normalisation: Normalisation;
  readonly labels: readonly BoostedLabel[];
}

/** @param z [N, 2F] @returns [N, 1] */
function relation(graph: OnnxModel, z: Value, { constant, linear, quadratic }: QuadraticRelation): Value {
  const size = linear.length;
  const products = graph.add("MatMul", [z, graph.constant([size, size], Float32Array.from(quadratic))]);
  const weighted = graph.add("Add", [products, graph.constant([size], Float32Array.from(linear))]);
  const axes = graph.constant([1], BigInt64Array.of(1n));
  return graph.add("Add", [graph.add("ReduceSum", [graph.add("Mul", [weighted, z]), axes]), graph.scalar(constant)]);
}

/** The base and the mean of the members' trees. @param prepared [N, 2F] @returns [N, 1] of order one */
export function emitEnsemble(
  graph: OnnxModel,
  { raw, prepared }: GraphInputs,
  { base, members }: Pick<BoostedLabel, "base" | "members">,
): Value {
  const trees = emitTrees(graph, raw, { trees: members.flat(), weight: 1 / members.length });
  return graph.add("Add", [relation(graph, prepared, base), trees]);
}

/**
 * Writes boosted trees for each label as one ONNX file: `inputs` [N, F] -> `value` and `error` [N, L], see
 * PredictionModel. The trees take the raw inputs and send a missing one the way that they learned.
 */
export function exportBoostedTrees({ name, normalisation, labels }: BoostedModel): Uint8Array {
  const model = new PredictionModel(name, normalisation);
  const { graph, raw } = model;
  for (const label of labels) {
    const value = emitEnsemble(graph, { raw, prepared: model.inputs }, label);
    const variance = graph.add("Exp", [emitTrees(graph, raw, { trees: label.logError, weight: 2 })]);
    model.label(label, { value, variance }, label.calibration);
  }
  return model.finish();
}
