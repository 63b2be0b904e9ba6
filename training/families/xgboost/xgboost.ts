import path from "node:path";
import type { Family, GraphAnswer } from "../../fit/family";
import { openThreadedFitter } from "../../fit/threaded-fitter";
import type { OnnxModel, Value } from "../../onnx/onnx-model";
import { emitTrees } from "../../xgboost/emit-trees";
import { openXgboost } from "../../xgboost/library";
import type { XgboostFit } from "./fit-xgboost";
import { XGBOOST_SETTINGS, type XgboostSettings } from "./xgboost-settings";

function emit(graph: OnnxModel, raw: Value, { trees, outputs }: XgboostFit): GraphAnswer {
  const sums = emitTrees(graph, raw, { trees, weight: 1, targets: trees.map(({ group }) => group) });
  if (outputs === 1) return { kind: "quantity", value: sums, variance: null };
  return { kind: "classes", probabilities: graph.add("Softmax", [sums], { axis: 1 }) };
}

export const xgboost: Family<XgboostSettings> = {
  name: "xgboost",
  summary: "boosted trees by XGBoost; each split has a way for stars whose input is missing",
  settings: XGBOOST_SETTINGS,
  combine: "mean",
  gaps: "apart",
  open: async ({ threads, xgboostLibrary }) => {
    const { version } = openXgboost(xgboostLibrary);
    return openThreadedFitter<XgboostSettings, XgboostFit>({
      file: path.join(__dirname, "worker.js"),
      threads,
      backend: { name: "xgboost", libraries: { xgboost: version } },
      data: xgboostLibrary,
      chooses: false,
      stepsOf: ({ settings }) => settings.rounds,
      toFit: (fit) => ({
        emit: (graph, { raw }) => emit(graph, raw, fit),
        notes: { rounds: fit.rounds, validationScore: fit.validationScore },
      }),
    });
  },
};
