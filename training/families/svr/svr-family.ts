import path from "node:path";
import type { Family, GraphAnswer } from "../../fit/family";
import { openThreadedFitter } from "../../fit/threaded-fitter";
import { FLOAT64, type OnnxModel, type Value } from "../../onnx/onnx-model";
import { emitSvr } from "./emit-svr";
import { CHOICES, stepsOf } from "./fit-choices";
import type { SvrWeights } from "./svr";
import { SVR_SETTINGS, type SvrChoices } from "./svr-choices";

/** Regressions of 1 and -1 become probabilities that calibration then sharpens or blunts. */
const SHARPNESS = 3;

function emit(graph: OnnxModel, prepared: Value, regressions: readonly SvrWeights[], isQuantity: boolean): GraphAnswer {
  const x = graph.add("Cast", [prepared], { to: FLOAT64 });
  const values = regressions.map((weights) => emitSvr(graph, x, weights));
  if (isQuantity) return { kind: "quantity", value: values[0]!, variance: null };
  const logits = graph.add("Mul", [graph.add("Concat", values, { axis: 1 }), graph.scalar(SHARPNESS)]);
  return { kind: "classes", probabilities: graph.add("Softmax", [logits], { axis: 1 }) };
}

export const svr: Family<SvrChoices> = {
  name: "svr",
  summary: "support-vector regression with a radial kernel, by libsvm, on some thousand stars; one a class for classes",
  settings: SVR_SETTINGS,
  combine: "refit",
  gaps: "apart",
  open: async ({ threads }) => {
    const { version } = require("libsvm-js/package.json") as { version: string };
    return openThreadedFitter<SvrChoices, SvrWeights[]>({
      file: path.join(__dirname, "worker.js"),
      threads,
      backend: { name: "libsvm", libraries: { "libsvm-js": version } },
      chooses: true,
      stepsOf: (task) => (task.purpose === "choose" ? CHOICES : stepsOf(task)),
      toFit: (regressions, { target, settings }) => ({
        emit: (graph, { prepared }) => emit(graph, prepared, regressions, target.kind === "quantity"),
        notes: {
          gamma: regressions[0]!.gamma,
          cost: settings.cost ?? "standard",
          supportVectors: regressions.reduce((sum, { coefficients }) => sum + coefficients.length, 0),
        },
      }),
    });
  },
};
