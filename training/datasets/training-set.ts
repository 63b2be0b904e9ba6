import type { FeatureSet } from "../../src/features/feature-set";
import type { Manifest } from "../../src/models/registry/manifest";

/** A label that a table may hold and a model learn. */
export interface LabelColumn {
  /** our name: teff, logg, feh, mh, alphaM */
  readonly name: string;
  readonly unit: string;
  /** what the table calls it, and so what predictions for a table of this layout are called */
  readonly column: string;
}

/** What a set knows of one classification. */
export interface LabelledClasses {
  readonly name: string;
  /** what the table calls it */
  readonly column: string;
  readonly classes: readonly string[];
  /** [stars] index of the star's class, -1 where it is unknown, or none of them */
  readonly values: Int32Array;
}

/** Where the stars came from, as the manifest of what they train will say. */
type Origin = Pick<Manifest["data"], "source" | "path" | "layout" | "idColumn" | "sha256" | "synthetic">;

/** Stars to train and to test on: their inputs and their labels. */
export interface TrainingSet extends Origin {
  readonly featureSet: Pick<FeatureSet, "name" | "inputs">;
  readonly labels: readonly LabelColumn[];
  /** [stars] */
  readonly ids: readonly string[];
  /** [stars] equal for rows of the same star */
  readonly starKeys: readonly string[];
  /** [stars, columns] what the artifact is fed, row by row: features, or raw columns; NaN if missing */
  readonly inputs: Float32Array;
  /** one array [stars] a label; NaN where unknown */
  readonly references: readonly Float64Array[];
  /** earlier estimates of the labels, as `references`; null if there are none */
  readonly before: readonly Float64Array[] | null;
  /** absent: none are known */
  readonly classes?: readonly LabelledClasses[];
}
