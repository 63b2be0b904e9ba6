import type { Input } from "../../features/feature-set";
import type { Metric, Output } from "./output";

/** A list of inputs and their range in training. */
export interface TrainedInputs {
  readonly featureSet: { readonly name: string; readonly inputs: readonly Input[] };
  /** range of each input in training, in the inputs' order */
  readonly limits: readonly (readonly [min: number, max: number])[];
}

/** The file that a user wrote to have a model trained; further facts about it are kept as they come. */
export interface Study {
  readonly text: string;
  readonly sha256: string;
  readonly [fact: string]: unknown;
}

/** Where the stars that a version learned from came from. */
export interface TrainingData {
  /** `catalogue`, or the folder's base name */
  readonly source: string;
  /** the folder or file as given on the command line; null for the catalogue */
  readonly path: string | null;
  /** layout of the table, which defines the meaning of its columns */
  readonly layout: string;
  readonly idColumn: string;
  readonly sha256: string;
  readonly synthetic: boolean;
  readonly stars: { readonly train: number; readonly validation: number; readonly test: number };
  /** sha256 of the sorted ids of the test stars: only versions with the same test stars are compared */
  readonly testSha256: string;
}

/** Everything about an immutable model version except its weights. */
export interface Manifest extends TrainedInputs {
  readonly format: 2;
  readonly model: string;
  readonly version: number;
  readonly recipe: string;
  readonly createdAt: string;
  /** what it looks at: values, light-curve, fourier-parameters */
  readonly modality: string;
  /**
   * raw columns that the artifact takes by name, one float32 [N] each, NaN where missing; it computes its inputs itself.
   * Absent: the artifact takes one tensor `inputs` [N, F].
   */
  readonly columns?: readonly Input[];
  /** for light curves whose inputs do not show an unusual shape: the feature set that does, with its range in training */
  readonly shape?: TrainedInputs;
  /**
   * A star gets no answer if an input lies outside its limits by more than this share of their range. Absent: such stars
   * are flagged and answered.
   */
  readonly farthest?: number;
  /** the mean of each input, which also replaces missing values, and its scale; in the inputs' order */
  readonly normalisation?: { readonly mean: readonly number[]; readonly scale: readonly number[] };
  readonly outputs: readonly Output[];
  readonly members: number;
  readonly seed: number;
  /** settings of the recipe: depth, width, loss, schedule, ... */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly data: TrainingData;
  /** compares versions of the model */
  readonly metric: Metric;
  readonly backend: string;
  readonly libraries: Readonly<Record<string, string>>;
  /** git commit of the training code; null outside a checkout */
  readonly commit: string | null;
  readonly study?: Study;
}

/** What a recipe produces; the registry adds version and date. */
export type ManifestDraft = Omit<Manifest, "format" | "version" | "createdAt">;
