import { AppError } from "../../src/errors";
import { describeInputs } from "../../src/features/feature-sets";
import { answeredTensors, probabilitiesTensor } from "../../src/models/inference/answered-tensors";
import { InferenceEngine } from "../../src/models/inference/inference-engine";
import type { InferenceOutput } from "../../src/models/inference/inference-protocol";
import type { Artifact } from "../../src/models/registry/artifact-store";
import type { Manifest } from "../../src/models/registry/manifest";
import { classesOf, quantitiesOf, vectorsOf } from "../../src/models/registry/output";
import { gatherRows } from "../datasets/gather-rows";
import { hashIds, type Split, splitByStar, TEST_SHARE } from "../datasets/split";
import type { TrainingSet } from "../datasets/training-set";
import { classPredictions } from "./class-predictions";
import { type ClassEvaluation, type ClassPredictions, evaluateClasses } from "./class-statistics";
import { earlierEstimate } from "./earlier-estimate";
import { evaluateLabel, type LabelEvaluation, type LabelPredictions } from "./error-statistics";

/** Stars that go to the inference worker at once. */
const BATCH = 4096;

const nameOf = ({ model, version }: Manifest) => `${model}@${version}`;

/** @throws AppError BAD_INPUT if the stars' inputs are not those that the version was trained on */
function checkInputs(manifest: Manifest, set: TrainingSet): void {
  if (manifest.featureSet.name !== set.featureSet.name) {
    const wanted = `${nameOf(manifest)} takes the feature set '${manifest.featureSet.name}'`;
    throw new AppError(
      "BAD_INPUT",
      `${wanted}; ${set.source} has what '${set.featureSet.name}' needs. Name a table of the layout '${manifest.data.layout}'.`,
    );
  }
  if (describeInputs(manifest.featureSet.inputs) !== describeInputs(set.featureSet.inputs)) {
    throw new AppError(
      "BAD_INPUT",
      `'${set.featureSet.name}' computes other inputs than when ${nameOf(manifest)} was trained. Train a new version, or run the code that trained it.`,
    );
  }
}

/** Runs the verified artifact in the worker that serves. @returns each of its tensors, [rows, width] */
async function runServed({ manifest, onnx }: Artifact, set: TrainingSet, rows: Int32Array): Promise<InferenceOutput> {
  const engine = new InferenceEngine();
  const columns = manifest.columns?.map(({ name }) => name);
  const tensors = answeredTensors(manifest);
  const width = columns?.length ?? set.featureSet.inputs.length;
  const runnable = { id: 0, name: nameOf(manifest), tensors, columns, read: async () => onnx };
  const answers = Object.fromEntries(tensors.map(({ name, width }) => [name, new Float32Array(rows.length * width)]));
  try {
    for (let start = 0; start < rows.length; start += BATCH) {
      const batch = rows.subarray(start, start + BATCH);
      const output = await engine.run(runnable, gatherRows(set.inputs, width, batch), batch.length);
      for (const tensor of tensors) answers[tensor.name]!.set(output[tensor.name]!, start * tensor.width);
    }
    return answers;
  } finally {
    await engine.close();
  }
}

/** What an artifact says of labelled stars. */
interface VersionPredictions {
  readonly labels: LabelPredictions[];
  readonly classes: ClassPredictions[];
}

/** Predicts labelled stars by the artifact, as it is served. @returns the outputs that both have, in the manifest's order */
async function predictVersion(artifact: Artifact, set: TrainingSet, rows: Int32Array, split: Split): Promise<VersionPredictions> {
  const { manifest } = artifact;
  checkInputs(manifest, set);
  const output = await runServed(artifact, set, rows);
  const quantities = quantitiesOf(manifest);
  const width = quantities.length;
  const column = (data: Float32Array, index: number) => Float64Array.from(rows, (_, star) => data[star * width + index]!);
  const labels = quantities.flatMap(({ name, unit, column: title }, index) => {
    const label = set.labels.findIndex((candidate) => candidate.name === name);
    if (label < 0) return [];
    const reference = Float64Array.from(rows, (row) => set.references[label]![row]!);
    const before = earlierEstimate(set, label, rows, split);
    return [{ name, unit, column: title, reference, predicted: column(output.value!, index), error: column(output.error!, index), before }];
  });
  const classes = classesOf(manifest).flatMap(({ name }) => {
    const known = set.classes?.find((candidate) => candidate.name === name);
    return known ? [classPredictions(known, output[probabilitiesTensor(name)]!, rows, split.training)] : [];
  });
  return { labels, classes: classes.filter(({ reference }) => reference.length > 0) };
}

/** @throws AppError BAD_INPUT where nothing that the version says can be compared */
function requireAny(manifest: Manifest, { labels, classes }: VersionPredictions, source: string): void {
  if (labels.length + classes.length > 0) return;
  const named = [...quantitiesOf(manifest), ...classesOf(manifest)].map(({ name }) => name);
  const vectors = vectorsOf(manifest).map(({ name }) => name);
  throw new AppError(
    "BAD_INPUT",
    named.length === 0
      ? `${nameOf(manifest)} says vectors alone (${vectors.join(", ")}): no table holds what they should be, so there is nothing to score.`
      : `${source} has none of the labels of ${nameOf(manifest)} to compare with: ${named.join(", ")}.`,
  );
}

/** Which stars of a set: those that no version ever trains on, or every one. */
export type Scope = "test" | "all";

/** A version's errors on labelled stars. */
export interface VersionEvaluation {
  readonly source: string;
  readonly scope: Scope;
  /** whether the stars are the very ones that the manifest's figures are of */
  readonly ownTestStars: boolean;
  /** whether it was fitted on these stars: in a cross-validated recipe every star is, once it has been scored by a fit without it */
  readonly sawStars: boolean;
  readonly labels: readonly LabelEvaluation[];
  readonly classes: readonly ClassEvaluation[];
  /** names of its vectors: there is nothing that they could be compared with */
  readonly unscored: readonly string[];
  readonly predictions: readonly LabelPredictions[];
}

/**
 * Computes a version's tables anew, by the artifact as it is served.
 *
 * @param scope when absent: the test stars of the data it was trained on; all stars of other data, and where it has no stars that it did not train on
 * @throws AppError BAD_INPUT if the version and the stars do not fit together
 */
export async function evaluateVersion(artifact: Artifact, set: TrainingSet, scope?: Scope): Promise<VersionEvaluation> {
  const { data } = artifact.manifest;
  const split = splitByStar(set.starKeys, TEST_SHARE, 1);
  const isOwn =
    set.sha256 === data.sha256 || (set.path === null && data.path === null && set.source === data.source && set.layout === data.layout);
  const sawStars = isOwn && data.stars.train + data.stars.validation >= set.ids.length;
  const chosen = scope ?? (isOwn && !sawStars ? "test" : "all");
  const rows = chosen === "test" ? split.test : Int32Array.from(set.ids.keys());
  const predictions = await predictVersion(artifact, set, rows, split);
  requireAny(artifact.manifest, predictions, set.source);
  const ownTestStars = !sawStars && hashIds(Array.from(rows, (row) => set.ids[row]!)) === data.testSha256;
  return {
    ...{ source: set.source, scope: chosen, ownTestStars, sawStars },
    labels: predictions.labels.map(evaluateLabel),
    classes: predictions.classes.map(evaluateClasses),
    unscored: vectorsOf(artifact.manifest).map(({ name }) => name),
    predictions: predictions.labels,
  };
}
