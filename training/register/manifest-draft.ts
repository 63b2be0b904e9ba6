import { ownerOf } from "../../src/modalities/modalities";
import type { ManifestDraft, TrainedInputs } from "../../src/models/registry/manifest";
import type { QuantityOutput } from "../../src/models/registry/output";
import { hashIds, type Split } from "../datasets/split";
import type { TrainingSet } from "../datasets/training-set";
import { type LabelEvaluation, rmseRatio } from "../evaluation/error-statistics";
import { column } from "../fit/normalise";
import type { Normalisation } from "../fit/scales";
import { codeCommit } from "./code-commit";

/** What a recipe knows once it has trained. */
export interface Trained {
  readonly model: string;
  readonly recipe: string;
  readonly data: TrainingSet;
  readonly split: Split;
  readonly normalisation: Normalisation;
  /** on the test stars, in the order of the data's labels */
  readonly evaluations: readonly LabelEvaluation[];
  readonly members: number;
  readonly seed: number;
  readonly settings: Readonly<Record<string, unknown>>;
  /** what computed it */
  readonly backend: Pick<ManifestDraft, "libraries"> & { readonly name: string };
}

/** @returns [min, max]; [0, 0] of nothing, so that any value of an input that no training star had lies outside */
function limitsOf(values: Float64Array): [number, number] {
  return values.length === 0 ? [0, 0] : [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}

/** @param inputs [rows, inputs] @param rows those that were trained on */
export function trainedInputs(
  { name, inputs: described }: TrainedInputs["featureSet"],
  inputs: Float32Array,
  rows: Int32Array,
): TrainedInputs {
  const limits = described.map((_, index) => limitsOf(column(inputs, described.length, index, rows)));
  return { featureSet: { name, inputs: described }, limits };
}

function describeQuantity({ data, split, evaluations }: Trained, index: number): QuantityOutput {
  const { name, unit, column: title } = data.labels[index]!;
  const known = Float64Array.from(split.training, (row) => data.references[index]![row]!).filter((value) => !Number.isNaN(value));
  const { after, before, coverage: one, coverageTwo: two } = evaluations[index]!;
  return { kind: "quantity", name, unit, column: title, limits: limitsOf(known), test: after, before, coverage: { one, two } };
}

/** Writes down everything that is to be known of a new version. */
export function draftManifest(trained: Trained): ManifestDraft {
  const { data, split, normalisation, backend } = trained;
  const validation = split.training.filter((row) => split.fold[row] === 0).length;
  return {
    model: trained.model,
    recipe: trained.recipe,
    ...trainedInputs(data.featureSet, data.inputs, split.training),
    normalisation: { mean: [...Float64Array.from(normalisation.mean)], scale: [...Float64Array.from(normalisation.scale)] },
    modality: ownerOf(data.featureSet.name),
    outputs: data.labels.map((_, index) => describeQuantity(trained, index)),
    members: trained.members,
    seed: trained.seed,
    settings: { ...trained.settings, reach: normalisation.reach },
    data: {
      source: data.source,
      path: data.path,
      layout: data.layout,
      idColumn: data.idColumn,
      sha256: data.sha256,
      synthetic: data.synthetic,
      stars: { train: split.training.length - validation, validation, test: split.test.length },
      testSha256: hashIds(Array.from(split.test, (row) => data.ids[row]!)),
    },
    metric: { name: "rmse-ratio", value: rmseRatio(trained.evaluations), better: "lower" },
    backend: backend.name,
    libraries: backend.libraries,
    commit: codeCommit(__dirname),
  };
}
