import type { Input } from "../features/feature-set";

/** How far predictions are from the reference, in the label's unit. */
export interface ErrorStatistics {
  readonly stars: number;
  /** of predicted - reference */
  readonly mean: number;
  readonly median: number;
  /** standard deviation */
  readonly sigma: number;
  /** mean absolute deviation from the reference */
  readonly meanAbsoluteDeviation: number;
  /** median absolute deviation from the reference */
  readonly medianAbsoluteDeviation: number;
  readonly rmse: number;
}

export interface ManifestLabel {
  /** our name: teff, logg, feh, mh, alphaM */
  readonly name: string;
  readonly unit: string;
  /** what the training table calls it, and so what `asterism predict` writes: Teff, FeH */
  readonly column: string;
  /** smallest and largest label seen in training: beyond them a prediction is extrapolated */
  readonly limits: readonly [min: number, max: number];
  /** on the test stars, which neither fit nor early stopping saw */
  readonly test: ErrorStatistics;
  /** of the estimate to beat (Gaia GSP-Phot, or the mean label) on the same stars */
  readonly before: ErrorStatistics;
  /** fraction of test stars within one stated sigma */
  readonly coverage: number;
}

/** Everything that is to be known of an immutable model version besides its weights. */
export interface Manifest {
  readonly format: 1;
  readonly model: string;
  readonly version: number;
  readonly recipe: string;
  readonly createdAt: string;
  readonly featureSet: { readonly name: string; readonly inputs: readonly Input[] };
  /** what fills a missing input before the NaN flag marks it, and the scale of each, in the inputs' order */
  readonly normalisation: { readonly mean: readonly number[]; readonly scale: readonly number[] };
  /** training limits of each input, in the inputs' order */
  readonly limits: readonly (readonly [min: number, max: number])[];
  readonly labels: readonly ManifestLabel[];
  readonly members: number;
  readonly seed: number;
  /** what the recipe chose: depth, width, loss, schedule, ... */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly data: {
    /** `catalogue`, or the folder's base name */
    readonly source: string;
    /** layout of the table: names the id column and which columns hold what */
    readonly layout: string;
    readonly idColumn: string;
    readonly sha256: string;
    readonly synthetic: boolean;
    readonly stars: { readonly train: number; readonly validation: number; readonly test: number };
    /** sha256 of the sorted ids of the test stars: versions compare only on the same ones */
    readonly testSha256: string;
  };
  /** by which versions of the model are compared: the mean over labels of test RMSE / before RMSE, lower is better */
  readonly metric: { readonly name: "rmse-ratio"; readonly value: number };
  readonly backend: string;
  readonly libraries: Readonly<Record<string, string>>;
  /** of the code that trained it; null outside a git checkout */
  readonly commit: string | null;
}
