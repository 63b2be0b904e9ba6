import { AppError } from "../../errors";
import { isLightCurveFeatureSet } from "../../features/light-curve/feature-sets";
import type { ModelVersion } from "../../models/registry";
import type { Context } from "../context";

const fehOf = ({ manifest }: ModelVersion) => manifest.labels.find(({ name }) => name === "feh");

const fits = (version: ModelVersion): boolean => isLightCurveFeatureSet(version.manifest.featureSet.name) && fehOf(version) !== undefined;

/**
 * The version that predicts metallicities from light curves: the one that is named, or of all champions the one with
 * the smallest error on its own test stars.
 *
 * @throws AppError BAD_INPUT where the named one predicts from something else; MODEL_UNAVAILABLE where there is none
 */
export async function metallicityModel(context: Context, reference: string | null | undefined): Promise<ModelVersion> {
  if (reference == null) {
    const able = (await context.champions()).filter(fits);
    const best = able.toSorted((a, b) => fehOf(a)!.test.rmse - fehOf(b)!.test.rmse)[0];
    if (best) return best;
    throw new AppError("MODEL_UNAVAILABLE", "No champion predicts feh from light curves. `asterism train rrl-gru` makes one.");
  }
  const version = await context.modelVersion(reference);
  if (fits(version)) return version;
  throw new AppError(
    "BAD_INPUT",
    `${version.model}@${version.version} does not predict feh from light curves. See \`models\` for those that do.`,
  );
}
