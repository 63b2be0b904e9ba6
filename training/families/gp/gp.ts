import path from "node:path";
import type { Family } from "../../fit/family";
import { openThreadedFitter } from "../../fit/threaded-fitter";
import { emitGp } from "./emit-gp";
import type { GpFit } from "./fit-gp";
import { GP_SETTINGS, type GpChoices, type GpSettings } from "./gp-settings";

export const gp: Family<GpChoices> = {
  name: "gp",
  summary: "Gaussian process with a length for each input (Matern 5/2), and a kernel of its own for each set of missing inputs",
  settings: GP_SETTINGS,
  combine: "refit",
  gaps: "own",
  open: ({ threads }) =>
    openThreadedFitter<GpSettings, GpFit>({
      file: path.join(__dirname, "worker.js"),
      threads,
      backend: { name: "typescript", libraries: {} },
      chooses: true,
      stepsOf: ({ purpose, settings, gaps }) => {
        const kernels = Math.max(1, Math.min(settings.gaps, gaps.length));
        return purpose === "choose" ? settings.kernelSteps * (1 + 0.6 * (kernels - 1)) : kernels;
      },
      toFit: (fit) => ({
        emit: (graph, { prepared }) => emitGp(graph, prepared, fit),
        notes: { stars: fit.points.inputs.length / fit.points.columns, kernels: fit.kernels.length, noise: fit.kernels[0]!.noise },
      }),
    }),
};
