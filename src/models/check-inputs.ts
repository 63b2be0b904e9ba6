import { AppError } from "../errors";
import type { Input } from "../features/feature-set";
import { describeInputs } from "../features/feature-sets";
import type { ModelVersion } from "./registry/registry";

/** @throws AppError MODEL_UNAVAILABLE if the current code computes other inputs than the version was trained on */
export function checkInputs(version: ModelVersion, features: { readonly name: string; readonly inputs: readonly Input[] }): void {
  const trained = describeInputs(version.manifest.featureSet.inputs);
  const computed = describeInputs(features.inputs);
  if (trained !== computed)
    throw new AppError(
      "MODEL_UNAVAILABLE",
      `${version.model}@${version.version} was trained on the inputs ${trained}, but '${features.name}' now computes ${computed}. Train a new version, or run the code that trained it.`,
    );
}
