import type { PredictingVersion } from "../catalogue/predicted/predicting-version";
import { classesOf, quantitiesOf, vectorsOf } from "./registry/output";
import type { ModelVersion } from "./registry/registry";

/** What the catalogue has to know of a version to read its stored predictions. */
export const predictingVersion = ({ id, model, version, manifest }: ModelVersion): PredictingVersion => ({
  ...{ id, model, version },
  labels: quantitiesOf(manifest).map(({ name, unit }) => ({ name, unit })),
  classes: classesOf(manifest).map(({ name, classes }) => ({ name, classes })),
  vectors: vectorsOf(manifest).map(({ name, length }) => ({ name, length })),
});
