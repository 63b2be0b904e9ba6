import path from "node:path";
import type { Family } from "../../fit/family";
import { openThreadedFitter } from "../../fit/threaded-fitter";
import { emitLinear } from "./emit-linear";
import { type LinearFit, STEPS } from "./fit-linear";
import { LINEAR_SETTINGS, type LinearSettings } from "./linear-settings";

export const linear: Family<LinearSettings> = {
  name: "linear",
  summary: "Bayesian ridge regression with the error of its posterior; logistic regression for classes",
  settings: LINEAR_SETTINGS,
  combine: "refit",
  gaps: "apart",
  open: ({ threads }) =>
    openThreadedFitter<LinearSettings, LinearFit>({
      file: path.join(__dirname, "worker.js"),
      threads,
      backend: { name: "typescript", libraries: {} },
      chooses: false,
      stepsOf: ({ target }) => STEPS[target.kind],
      toFit: (fit) => ({
        emit: (graph, { prepared }) => emitLinear(graph, prepared, fit),
        notes: {
          terms: 1 + 2 * fit.terms.columns + fit.terms.first.length,
          ...(fit.kind === "quantity" ? { noise: fit.posterior.noise, shrinkage: fit.posterior.shrinkage } : {}),
        },
      }),
    }),
};
