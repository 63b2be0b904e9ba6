import { AppError } from "../../errors";
import { LIGHT_CURVE } from "../../modalities/light-curve/light-curve";
import { metallicityVersions, predictsMetallicity } from "../../models/metallicity-models";
import type { ModelVersion } from "../../models/registry/registry";
import type { Context } from "../context";

/**
 * The version that predicts metallicities from light curves: the named one, or the champion with the smallest error on its
 * own test stars.
 *
 * @throws AppError BAD_INPUT if the named one takes other inputs; MODEL_UNAVAILABLE if there is none
 */
export async function metallicityModel(context: Context, reference: string | null | undefined): Promise<ModelVersion> {
  if (reference == null) {
    const [best] = metallicityVersions(await context.champions());
    if (best) return best;
    throw new AppError("MODEL_UNAVAILABLE", "No champion predicts feh from light curves. `asterism train rrl-gru` makes one.");
  }
  const version = await context.modelVersion(reference);
  // A version that looks at something else is told so by the predictor, with what it looks at.
  if (predictsMetallicity(version) || version.manifest.modality !== LIGHT_CURVE.name) return version;
  throw new AppError("BAD_INPUT", `${version.model}@${version.version} does not predict feh. See \`models\` for those that do.`);
}
