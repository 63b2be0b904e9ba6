import { AppError } from "../../errors";
import type { Input } from "../../features/feature-set";
import type { ErrorStatistics } from "./error-statistics";

export interface ManifestLabel {
  /** our name: teff, logg, feh, mh, alphaM */
  readonly name: string;
  readonly unit: string;
  /** its column in the training table and in the output of `asterism predict`: Teff, FeH */
  readonly column: string;
  /** smallest and largest label in training: predictions beyond them are extrapolated */
  readonly limits: readonly [min: number, max: number];
  /** on the test stars, which were used neither for fitting nor for early stopping */
  readonly test: ErrorStatistics;
  /** of the estimate to beat: GSP-Phot for the stars that have it, or the mean label of the training stars */
  readonly before: ErrorStatistics;
  /** fraction of test stars whose error is within one stated sigma */
  readonly coverage: number;
}

/** A list of inputs and their range in training. */
export interface TrainedInputs {
  readonly featureSet: { readonly name: string; readonly inputs: readonly Input[] };
  /** range of each input in training, in the inputs' order */
  readonly limits: readonly (readonly [min: number, max: number])[];
}

/** Everything about an immutable model version except its weights. */
export interface Manifest extends TrainedInputs {
  readonly format: 1;
  readonly model: string;
  readonly version: number;
  readonly recipe: string;
  readonly createdAt: string;
  /** for light curves whose inputs do not show an unusual shape: the feature set that does, with its range in training */
  readonly shape?: TrainedInputs;
  /** the mean of each input, which also replaces missing values, and its scale; in the inputs' order */
  readonly normalisation: { readonly mean: readonly number[]; readonly scale: readonly number[] };
  readonly labels: readonly ManifestLabel[];
  readonly members: number;
  readonly seed: number;
  /** settings of the recipe: depth, width, loss, schedule, ... */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly data: {
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
  };
  /** compares versions of the model: test RMSE / before RMSE, averaged over labels; lower is better */
  readonly metric: { readonly name: "rmse-ratio"; readonly value: number };
  readonly backend: string;
  readonly libraries: Readonly<Record<string, string>>;
  /** git commit of the training code; null outside a checkout */
  readonly commit: string | null;
}

/** What a recipe produces; the registry adds version and date. */
export type ManifestDraft = Omit<Manifest, "format" | "version" | "createdAt">;

/** Used in COPY and as a field's name, so it contains nothing that needs escaping. */
const LABEL_NAME = /^[A-Za-z][A-Za-z0-9]{0,31}$/;

const isFiniteRange = ([min, max]: readonly [number, number]) => Number.isFinite(min) && Number.isFinite(max) && min <= max;

/**
 * Checks what serving relies on: JSON turns NaN into null, and a limit lost that way would never flag anything.
 *
 * @throws AppError BAD_INPUT with the first fault
 */
export function checkDraft(draft: ManifestDraft): void {
  const inputs = draft.featureSet.inputs.length;
  const names = draft.labels.map((label) => label.name);
  const { mean, scale } = draft.normalisation;
  const faults: [boolean, string][] = [
    [inputs > 0, "it has no inputs"],
    [names.every((name) => LABEL_NAME.test(name)), `a label's name is letters and digits, not '${names.join("', '")}'`],
    [names.length > 0 && new Set(names).size === names.length, `its labels are not one or more different names: ${names.join(", ")}`],
    [mean.length === inputs && scale.length === inputs, `its normalisation is not one mean and one scale for each of ${inputs} inputs`],
    [[...mean, ...scale].every(Number.isFinite), "its normalisation holds a number that is not finite"],
    [
      draft.limits.length === inputs && draft.limits.every(isFiniteRange),
      `its limits are not one finite range for each of ${inputs} inputs`,
    ],
    [draft.shape?.limits.every(isFiniteRange) ?? true, "its limits of shapes are not finite ranges"],
    [draft.labels.every((label) => isFiniteRange(label.limits)), "a label's limits are not a finite range"],
    [Number.isFinite(draft.metric.value), `its ${draft.metric.name} is ${draft.metric.value}`],
  ];
  const fault = faults.find(([holds]) => !holds);
  if (fault) throw new AppError("BAD_INPUT", `The manifest of a new version of '${draft.model}' cannot be registered: ${fault[1]}.`);
}
