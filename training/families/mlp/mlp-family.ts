import { AppError } from "../../../src/errors";
import type { Family } from "../../fit/family";
import { BACKEND_NAMES, type BackendName } from "../../tensorflow/backend";
import { MLP_SETTINGS, type MlpSettings } from "./mlp-settings";

function backendNamed(name: string): BackendName | "auto" {
  const found = (["auto", ...BACKEND_NAMES] as const).find((one) => one === name);
  if (found) return found;
  throw new AppError("BAD_INPUT", `There is no training backend '${name}'. Choose one of auto, ${BACKEND_NAMES.join(", ")}.`);
}

export const mlp: Family<MlpSettings> = {
  name: "mlp",
  summary: "ensemble of multilayer perceptrons; how far they are apart says how sure they are",
  settings: MLP_SETTINGS,
  combine: "members",
  gaps: "apart",
  open: async ({ backend, threads }) => {
    const wanted = backendNamed(backend);
    // TensorFlow.js takes a second to load: only where it trains.
    const [{ openBackend }, { MlpFitter }] = await Promise.all([import("../../tensorflow/ladder.js"), import("./mlp-fitter.js")]);
    return MlpFitter.open(await openBackend(wanted), threads);
  },
};
