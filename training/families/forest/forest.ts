import path from "node:path";
import type { Family, GraphAnswer } from "../../fit/family";
import { openThreadedFitter } from "../../fit/threaded-fitter";
import { meanAndVariance } from "../../onnx/members";
import type { OnnxModel, Value } from "../../onnx/onnx-model";
import { emitTrees } from "../../xgboost/emit-trees";
import { openXgboost } from "../../xgboost/library";
import type { Tree } from "../../xgboost/tree";
import type { ForestFit } from "./fit-forest";
import { FOREST_SETTINGS, type ForestSettings } from "./forest-settings";

/** Each tree in a column of its own: XGBoost divides what a leaf says by the number of trees. */
const treesApart = (graph: OnnxModel, raw: Value, trees: readonly Tree[]): Value =>
  emitTrees(graph, raw, { trees, weight: trees.length, targets: trees.map((_, index) => index) });

/** Where no tree has seen the class, it is still not impossible. */
const LEAST = 1e-3;

function emit(graph: OnnxModel, raw: Value, { forests }: ForestFit, isQuantity: boolean): GraphAnswer {
  if (isQuantity) return { kind: "quantity", ...meanAndVariance(graph, treesApart(graph, raw, forests[0]!)) };
  const shares = graph.add(
    "Concat",
    forests.map((trees) => emitTrees(graph, raw, { trees, weight: 1 })),
    { axis: 1 },
  );
  const positive = graph.add("Max", [shares, graph.scalar(LEAST)]);
  const total = graph.add("ReduceSum", [positive, graph.constant([1], BigInt64Array.of(1n))]);
  return { kind: "classes", probabilities: graph.add("Div", [positive, total]) };
}

export const forest: Family<ForestSettings> = {
  name: "forest",
  summary: "random forest by XGBoost's library; how far the trees are apart says how sure it is",
  settings: FOREST_SETTINGS,
  combine: "refit",
  gaps: "apart",
  open: async ({ threads, xgboostLibrary }) => {
    const { version } = openXgboost(xgboostLibrary);
    return openThreadedFitter<ForestSettings, ForestFit>({
      file: path.join(__dirname, "worker.js"),
      threads,
      backend: { name: "xgboost", libraries: { xgboost: version } },
      data: xgboostLibrary,
      chooses: false,
      stepsOf: ({ target }) => (target.kind === "classes" ? target.classes : 1),
      toFit: (fit, { target }) => ({
        emit: (graph, { raw }) => emit(graph, raw, fit, target.kind === "quantity"),
        notes: { trees: fit.forests.reduce((sum, trees) => sum + trees.length, 0) },
      }),
    });
  },
};
