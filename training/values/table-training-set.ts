import type { StellarRow } from "../../src/catalogue/stellar-row";
import { AppError } from "../../src/errors";
import type { FeatureSet } from "../../src/features/feature-set";
import { featureSet } from "../../src/features/feature-sets";
import type { TrainingSet } from "../datasets/training-set";
import type { StarTable } from "./table-folder";

/** @returns [stars, features] in single precision, as models take them; NaN if missing */
export function computeInputs(features: FeatureSet, rows: readonly StellarRow[]): Float32Array {
  const inputs = new Float32Array(rows.length * features.inputs.length);
  rows.forEach((row, star) => {
    inputs.set(features.compute(row), star * features.inputs.length);
  });
  return inputs;
}

/**
 * A user's table as a training set: the labels are those it has.
 *
 * @throws AppError BAD_INPUT if it has none
 */
export function fromStarTable({ source, path, layout, sha256, stars }: StarTable): TrainingSet {
  const all = layout.labels.map((_, index) => Float64Array.from(stars, ({ labels }) => labels[index]!));
  const known = all.map((values) => values.some((value) => !Number.isNaN(value)));
  if (!known.includes(true))
    throw new AppError(
      "BAD_INPUT",
      `${source} has none of the labels ${layout.labels.map(({ column }) => column).join(", ")} to train on.`,
    );
  const features = featureSet(layout.featureSet);
  return {
    source,
    path,
    layout: layout.name,
    idColumn: layout.idColumn,
    sha256,
    synthetic: false,
    featureSet: features,
    labels: layout.labels.filter((_, index) => known[index]),
    ids: stars.map(({ id }) => id),
    starKeys: stars.map(({ row }) => layout.starKey.map((column) => row[column]).join("/")),
    inputs: computeInputs(
      features,
      stars.map(({ row }) => row),
    ),
    references: all.filter((_, index) => known[index]),
    before: null,
  };
}
