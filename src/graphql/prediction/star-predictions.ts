import { flagNames } from "../../catalogue/prediction-flags";
import type { Release } from "../../catalogue/release";
import type { ModelVersion } from "../../models/registry/registry";
import type { StarPrediction } from "../../models/star-prediction";
import type { Services } from "../services";
import type { PredictionType } from "./prediction.type";
import { isStored, type PredictionReads, storedAnswers, toPredictedClass, toPredictedLabel } from "./stored-answers";

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

/**
 * Predictions of one version for many stars: stored ones if a backfill made them, the others computed in one batch.
 *
 * @returns in the ids' order
 * @throws AppError OVERLOADED, MODEL_UNAVAILABLE, ARTIFACT_TAMPERED
 */
export async function starPredictions(
  { database, predictor }: Services,
  reads: PredictionReads,
  release: Release,
  version: ModelVersion,
  sourceIds: readonly bigint[],
): Promise<PredictionType[]> {
  const stored = await storedAnswers(reads, version, sourceIds);
  const lacking = sourceIds.filter((_id, index) => !isStored(stored[index]!));
  const computed = await predictor.predictStored(database, version, release, lacking);
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
