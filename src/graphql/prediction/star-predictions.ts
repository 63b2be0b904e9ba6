import { flagNames } from "../../catalogue/prediction-flags";
import type { Release } from "../../catalogue/release";
import { stellarRowsOf } from "../../catalogue/stellar-rows";
import { isLightCurveFeatureSet } from "../../features/light-curve/feature-sets";
import type { ModelVersion } from "../../models/registry/registry";
import type { StarPrediction } from "../../models/star-prediction";
import type { StarReads } from "../loading/star-reads";
import type { Services } from "../services";
import type { PredictionType } from "./prediction.type";
import { isStored, type PredictionReads, storedAnswers, toPredictedClass, toPredictedLabel } from "./stored-answers";
import { storedCurvePredictions } from "./stored-curve-predictions";

/** A prediction computed for this request, as the API presents it. */
export function toComputed(modelVersion: ModelVersion, { labels, classes, vectors, ...judged }: StarPrediction): PredictionType {
  return {
    ...{ modelVersion, stored: false },
    labels: labels.map((label) => toPredictedLabel(modelVersion, label)),
    classes: classes.map((one) => toPredictedClass(modelVersion, one)),
    vectors: vectors.map(({ flags, ...vector }) => ({ ...vector, flags: flagNames(flags) })),
    ...judged,
  };
}

/** Predicts from the stars' stored values, in one batch. */
async function computePredictions(
  { database, predictor }: Services,
  release: Release,
  version: ModelVersion,
  sourceIds: readonly bigint[],
): Promise<StarPrediction[]> {
  const rows = sourceIds.length ? await stellarRowsOf(database, release, sourceIds, predictor.columns(version)) : [];
  return predictor.predict(
    version,
    rows.map((row) => row ?? {}),
  );
}

/**
 * Predictions of one version for many stars: stored ones if a backfill made them, the others computed in one batch.
 *
 * @returns in the ids' order
 * @throws AppError OVERLOADED, MODEL_UNAVAILABLE, ARTIFACT_TAMPERED
 */
export async function starPredictions(
  services: Services,
  reads: PredictionReads & Pick<StarReads, "lightCurves" | "variability">,
  release: Release,
  version: ModelVersion,
  sourceIds: readonly bigint[],
): Promise<PredictionType[]> {
  const stored = await storedAnswers(reads, version, sourceIds);
  const lacking = sourceIds.filter((_id, index) => !isStored(stored[index]!));
  const computed = isLightCurveFeatureSet(version.manifest.featureSet.name)
    ? await storedCurvePredictions(services, reads, version, lacking)
    : await computePredictions(services, release, version, lacking);
  const byStar = new Map(lacking.map((sourceId, index) => [sourceId, toComputed(version, computed[index]!)]));
  return sourceIds.map(
    (sourceId, index) =>
      byStar.get(sourceId) ?? {
        modelVersion: version,
        stored: true,
        ...stored[index]!,
        unpredicted: null,
        inputsMissing: null,
        inputsOutsideLimits: null,
      },
  );
}
