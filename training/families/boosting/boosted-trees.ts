import { PredictionModel } from "../../fit/prediction-model";
import type { Calibration, LabelScale, Normalisation } from "../../fit/scales";
import type { Attribute, OnnxModel, Value } from "../../onnx/onnx-model";
import type { Tree } from "./tree";

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

/** @returns the nodes of all trees, one list an attribute, as TreeEnsembleRegressor has them */
function nodesOf(trees: readonly Tree[], weight: number): Record<string, Attribute> {
  const nodes = trees.flatMap((tree, treeId) =>
    tree.left.map((left, nodeId) => ({ treeId, nodeId, isLeaf: left < 0, left, right: tree.right[nodeId]!, tree })),
  );
  const leaves = nodes.filter(({ isLeaf }) => isLeaf);
  const ofSplits = (value: (node: (typeof nodes)[number]) => number) => nodes.map((node) => (node.isLeaf ? 0 : value(node)));
  return {
    nodes_treeids: nodes.map(({ treeId }) => treeId),
    nodes_nodeids: nodes.map(({ nodeId }) => nodeId),
    nodes_modes: nodes.map(({ isLeaf }) => (isLeaf ? "LEAF" : "BRANCH_LT")),
    nodes_featureids: ofSplits(({ tree, nodeId }) => tree.feature[nodeId]!),
    nodes_values: Float32Array.from(ofSplits(({ tree, nodeId }) => tree.value[nodeId]!)),
    nodes_truenodeids: ofSplits(({ left }) => left),
    nodes_falsenodeids: ofSplits(({ right }) => right),
    nodes_missing_value_tracks_true: ofSplits(({ tree, nodeId }) => Number(tree.missingLeft[nodeId])),
    target_treeids: leaves.map(({ treeId }) => treeId),
    target_nodeids: leaves.map(({ nodeId }) => nodeId),
    target_ids: leaves.map(() => 0),
    target_weights: Float32Array.from(leaves, ({ tree, nodeId }) => weight * tree.value[nodeId]!),
    n_targets: 1,
  };
}

/** @param inputs [N, F] raw @returns [N, 1] the sum over the trees, each multiplied by `weight` */
function forest(graph: OnnxModel, inputs: Value, trees: readonly Tree[], weight: number): Value {
  return graph.add("TreeEnsembleRegressor", [inputs], nodesOf(trees, weight), "ai.onnx.ml");
}

/** @param z [N, 2F] @returns [N, 1] */
function relation(graph: OnnxModel, z: Value, { constant, linear, quadratic }: QuadraticRelation): Value {
  const size = linear.length;
  const products = graph.add("MatMul", [z, graph.constant([size, size], Float32Array.from(quadratic))]);
  const weighted = graph.add("Add", [products, graph.constant([size], Float32Array.from(linear))]);
  const axes = graph.constant([1], BigInt64Array.of(1n));
  return graph.add("Add", [graph.add("ReduceSum", [graph.add("Mul", [weighted, z]), axes]), graph.scalar(constant)]);
}

/**
 * Writes boosted trees for each label as one ONNX file: `inputs` [N, F] -> `value` and `error` [N, L], see
 * PredictionModel. The trees take the raw inputs and send a missing one the way that they learned.
 */
export function exportBoostedTrees({ name, normalisation, labels }: BoostedModel): Uint8Array {
  const model = new PredictionModel(name, normalisation);
  const { graph, raw } = model;
  for (const label of labels) {
    const trees = forest(graph, raw, label.members.flat(), 1 / label.members.length);
    const value = graph.add("Add", [relation(graph, model.inputs, label.base), trees]);
    const variance = graph.add("Exp", [forest(graph, raw, label.logError, 2)]);
    model.label(label, { value, variance }, label.calibration);
  }
  return model.finish();
}
