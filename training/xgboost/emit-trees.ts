import type { Attribute, OnnxModel, Value } from "../onnx/onnx-model";
import type { Tree } from "./tree";

/** Trees whose answers are added up. */
export interface TreeSum {
  readonly trees: readonly Tree[];
  /** each tree's answer is multiplied by it */
  readonly weight: number;
  /** [trees] the column of the result that each adds to; absent: one column for all */
  readonly targets?: readonly number[];
}

/** @returns the nodes of all trees, one list an attribute, as TreeEnsembleRegressor has them */
function nodesOf({ trees, weight, targets = trees.map(() => 0) }: TreeSum): Record<string, Attribute> {
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
    target_ids: leaves.map(({ treeId }) => targets[treeId]!),
    target_weights: Float32Array.from(leaves, ({ tree, nodeId }) => weight * tree.value[nodeId]!),
    n_targets: Math.max(0, ...new Set(targets)) + 1,
  };
}

/** @param inputs [N, F] raw, NaN where missing @returns [N, columns] the sums over the trees */
export function emitTrees(graph: OnnxModel, inputs: Value, sum: TreeSum): Value {
  return graph.add("TreeEnsembleRegressor", [inputs], nodesOf(sum), "ai.onnx.ml");
}
