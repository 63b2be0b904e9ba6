import path from "node:path";
import type { Family } from "../../fit/family";
import { openThreadedFitter } from "../../fit/threaded-fitter";
import { emitGp } from "./emit-gp";
import type { GpFit } from "./fit-gp";
import { GP_SETTINGS, type GpSettings } from "./gp-settings";

/** Rasmussen & Williams 2006, Gaussian Processes for Machine Learning. */
export const gp: Family<GpSettings> = {
  name: "gp",
  summary: "Gaussian process with a length scale an input; the best single family on some thousand stars",
  settings: GP_SETTINGS,
  combine: "refit",
  learnsGaps: false,
  open: ({ threads }) =>
    openThreadedFitter<GpSettings, GpFit>({
      file: path.join(__dirname, "worker.js"),
      threads,
      backend: { name: "typescript", libraries: {} },
      chooses: true,
      stepsOf: ({ purpose, settings }) => (purpose === "choose" ? settings.steps : 1),
      toFit: (fit) => ({
        emit: (graph, { prepared }) => emitGp(graph, prepared, fit),
        notes: { points: fit.weights[0]!.length, noise: Number(fit.noise.toPrecision(3)), signal: Number(fit.signal.toPrecision(3)) },
      }),
    }),
};
