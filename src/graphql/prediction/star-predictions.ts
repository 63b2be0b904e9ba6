import { flagNames } from "../../catalogue/prediction-flags";
import type { Release } from "../../catalogue/release";
import { stellarRowsOf } from "../../catalogue/stellar-rows";
import { isLightCurveFeatureSet } from "../../features/light-curve/feature-sets";
import { classesOf, quantitiesOf } from "../../models/registry/output";
import type { ModelVersion } from "../../models/registry/registry";
import type { ClassPrediction, LabelPrediction, StarPrediction } from "../../models/star-prediction";
import type { StarReads } from "../loading/star-reads";
import type { Services } from "../services";
import type { PredictedClassType, PredictedLabelType, PredictionType } from "./prediction.type";
import { storedCurvePredictions } from "./stored-curve-predictions";

type NumberedLabel = Pick<LabelPrediction, "label" | "value" | "uncertainty" | "flags">;

/** A label as the API presents it; the unit comes from the manifest. */
function toPredictedLabel(modelVersion: ModelVersion, { label, value, uncertainty, flags }: NumberedLabel): PredictedLabelType {
  const unit = quantitiesOf(modelVersion.manifest).find(({ name }) => name === label)?.unit ?? "-";
  return { modelVersion, parameter: label, unit, value, uncertainty, flags: flagNames(flags) };
}

function toPredictedClass({ manifest }: ModelVersion, { probabilities, flags, ...predicted }: ClassPrediction): PredictedClassType {
  const classes = classesOf(manifest).find(({ name }) => name === predicted.name)?.classes ?? [];
  return {
    ...predicted,
    probabilities: classes.map((name, index) => ({ class: name, probability: probabilities[index]! })),
    flags: flagNames(flags),
  };
}

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

/** @returns for each id, in order, the version's stored labels, in the manifest's order */
export async function storedLabels(
  reads: Pick<StarReads, "predictions">,
  version: ModelVersion,
  sourceIds: readonly bigint[],
): Promise<PredictedLabelType[][]> {
  const order = quantitiesOf(version.manifest).map(({ name }) => name);
  const stored = await reads.predictions(version.id).load(sourceIds);
  return stored.map((predictions) =>
    predictions
      .toSorted((a, b) => order.indexOf(a.label) - order.indexOf(b.label))
      .map((prediction) => toPredictedLabel(version, prediction)),
  );
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
  reads: Pick<StarReads, "predictions" | "lightCurves" | "variability">,
  release: Release,
  version: ModelVersion,
  sourceIds: readonly bigint[],
): Promise<PredictionType[]> {
  const stored = await storedLabels(reads, version, sourceIds);
  const lacking = sourceIds.filter((_id, index) => stored[index]?.length === 0);
  const computed = isLightCurveFeatureSet(version.manifest.featureSet.name)
    ? await storedCurvePredictions(services, reads, version, lacking)
    : await computePredictions(services, release, version, lacking);
  const byStar = new Map(lacking.map((sourceId, index) => [sourceId, toComputed(version, computed[index]!)]));
  return sourceIds.map(
    (sourceId, index) =>
      byStar.get(sourceId) ?? {
        modelVersion: version,
        stored: true,
        labels: stored[index] ?? [],
        ...{ classes: [], vectors: [] },
        unpredicted: null,
        inputsMissing: null,
        inputsOutsideLimits: null,
      },
  );
}
