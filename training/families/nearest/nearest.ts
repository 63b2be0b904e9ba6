import path from "node:path";
import type { Family } from "../../fit/family";
import { openThreadedFitter } from "../../fit/threaded-fitter";
import { emitNearest } from "./emit-nearest";
import type { NearestFit } from "./fit-nearest";
import { NEAREST_SETTINGS, type NearestSettings, RELEVANCES } from "./nearest-settings";

export const nearest: Family<NearestSettings> = {
  name: "nearest",
  summary: "the nearest training stars, over the inputs that both have; their scatter says how sure they are",
  settings: NEAREST_SETTINGS,
  combine: "refit",
  gaps: "own",
  open: ({ threads }) =>
    openThreadedFitter<NearestSettings, NearestFit>({
      file: path.join(__dirname, "worker.js"),
      threads,
      backend: { name: "typescript", libraries: {} },
      chooses: true,
      stepsOf: ({ purpose }) => (purpose === "choose" ? RELEVANCES.length : 1),
      toFit: (fit, { settings }) => ({
        emit: (graph, { prepared }) => emitNearest(graph, prepared, fit),
        notes: { neighbours: fit.neighbours, relevance: settings.relevance ?? "standard", stars: fit.labels[0]!.length },
      }),
    }),
};
