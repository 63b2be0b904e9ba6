import { flagNames } from "../../catalogue/prediction-flags";
import { classesOf, type Output, quantitiesOf, vectorsOf } from "../../models/registry/output";
import type { ModelVersion } from "../../models/registry/registry";
import type { ClassPrediction, LabelPrediction } from "../../models/star-prediction";
import type { StarReads } from "../loading/star-reads";
import type { PredictedClassType, PredictedLabelType, PredictedVectorType, PredictionType } from "./prediction.type";

/** What a backfill stored of a star. */
export type StoredAnswers = Pick<PredictionType, "labels" | "classes" | "vectors">;

/** The reads of stored predictions, one for each kind of output. */
export type PredictionReads = Pick<StarReads, "predictions" | "predictedClasses" | "predictedVectors">;

/** A label as the API presents it; the unit comes from the manifest. */
export function toPredictedLabel(
  modelVersion: ModelVersion,
  { label, value, uncertainty, flags }: Omit<LabelPrediction, "unit">,
): PredictedLabelType {
  const unit = quantitiesOf(modelVersion.manifest).find(({ name }) => name === label)?.unit ?? "-";
  return { modelVersion, parameter: label, unit, value, uncertainty, flags: flagNames(flags) };
}

export function toPredictedClass({ manifest }: ModelVersion, { probabilities, flags, ...predicted }: ClassPrediction): PredictedClassType {
  const classes = classesOf(manifest).find(({ name }) => name === predicted.name)?.classes ?? [];
  return {
    ...predicted,
    probabilities: classes.map((name, index) => ({ class: name, probability: probabilities[index]! })),
    flags: flagNames(flags),
  };
}

/** Sorts what was stored of a star as the manifest lists it. */
function inManifestOrder<Row>(rows: readonly Row[], outputs: readonly Output[], nameOf: (row: Row) => string): Row[] {
  const order = outputs.map(({ name }) => name);
  return rows.toSorted((a, b) => order.indexOf(nameOf(a)) - order.indexOf(nameOf(b)));
}

/** @returns for each id, in order, the version's stored labels */
export async function storedLabels(
  reads: Pick<StarReads, "predictions">,
  version: ModelVersion,
  sourceIds: readonly bigint[],
): Promise<PredictedLabelType[][]> {
  const outputs = quantitiesOf(version.manifest);
  if (outputs.length === 0) return sourceIds.map(() => []);
  const stored = await reads.predictions(version.id).load(sourceIds);
  return stored.map((rows) => inManifestOrder(rows, outputs, ({ label }) => label).map((row) => toPredictedLabel(version, row)));
}

async function storedClasses(reads: PredictionReads, version: ModelVersion, sourceIds: readonly bigint[]): Promise<PredictedClassType[][]> {
  const outputs = classesOf(version.manifest);
  if (outputs.length === 0) return sourceIds.map(() => []);
  const stored = await reads.predictedClasses(version.id).load(sourceIds);
  return stored.map((rows) =>
    inManifestOrder(rows, outputs, ({ output }) => output).map(({ output, class: value, probability, probabilities, flags }) =>
      toPredictedClass(version, { name: output, value, probability, probabilities, flags }),
    ),
  );
}

async function storedVectors(
  reads: PredictionReads,
  version: ModelVersion,
  sourceIds: readonly bigint[],
): Promise<PredictedVectorType[][]> {
  const outputs = vectorsOf(version.manifest);
  if (outputs.length === 0) return sourceIds.map(() => []);
  const stored = await reads.predictedVectors(version.id).load(sourceIds);
  return stored.map((rows) =>
    inManifestOrder(rows, outputs, ({ output }) => output).map(({ output, vector, flags }) => ({
      ...{ name: output, values: vector },
      flags: flagNames(flags),
    })),
  );
}

/** @returns for each id, in order, all that the version's backfill stored of it, read by a statement for each kind that it says */
export async function storedAnswers(reads: PredictionReads, version: ModelVersion, sourceIds: readonly bigint[]): Promise<StoredAnswers[]> {
  const [labels, classes, vectors] = await Promise.all([
    storedLabels(reads, version, sourceIds),
    storedClasses(reads, version, sourceIds),
    storedVectors(reads, version, sourceIds),
  ]);
  return sourceIds.map((_id, index) => ({ labels: labels[index]!, classes: classes[index]!, vectors: vectors[index]! }));
}

/** Whether a backfill stored anything of the star. */
export const isStored = ({ labels, classes, vectors }: StoredAnswers): boolean => labels.length + classes.length + vectors.length > 0;
