import { readFileSync } from "node:fs";
import { mappingFile } from "../../../src/catalogue/ingest/mapping-file";
import type { ManifestDraft } from "../../../src/models/registry/manifest";
import type { ClassesOutput, Metric, Output, QuantityOutput } from "../../../src/models/registry/output";
import type { Registry } from "../../../src/models/registry/registry";
import { standardDeviation } from "../../../src/science/statistics";
import { hashIds } from "../../datasets/split";
import { type ClassEvaluation, evaluateClasses } from "../../evaluation/class-statistics";
import { renderClassTable } from "../../evaluation/class-table";
import { evaluateLabel, type LabelEvaluation, type LabelPredictions } from "../../evaluation/error-statistics";
import { confusionFigure } from "../../evaluation/figures/confusion";
import type { OpenFamily } from "../../fit/fit-plan";
import { repeatability } from "../../fit/repeatability";
import type { TrainingReport } from "../../recipe";
import { codeCommit } from "../../register/code-commit";
import { type GapScore, predictTest, scoreGaps } from "./evaluate-study";
import { gapTable } from "./gap-table";
import { type FittedStudy, inputLimits, rangeOf, studyArtifact } from "./study-artifact";

/** A stated error above this share of a label's scatter in training says no more than the mean label does. */
const PRIOR_SHARE = 0.9;

/** A star is too far away to be answered if an input lies outside the training range by more than this share of it. */
const FARTHEST = 0.5;

/** Everything that goes into a version besides the fit itself. */
export interface StudyVersion extends FittedStudy {
  /** name to register under */
  readonly model: string;
  readonly seed: number;
  readonly families: readonly OpenFamily[];
  readonly interrupted: boolean;
  /** what trainings with other seeds say of the test stars */
  readonly repetitions: readonly (readonly LabelPredictions[])[];
}

/** What the artifact says of the test stars, as scores. */
interface Scores {
  readonly labels: readonly LabelEvaluation[];
  readonly classes: readonly ClassEvaluation[];
  readonly gaps: readonly GapScore[];
}

function quantityOutput(
  { read, split }: FittedStudy,
  index: number,
  { after, before, coverage: one, coverageTwo: two }: LabelEvaluation,
): QuantityOutput {
  const { name, unit, column, values } = read.sample.quantities[index]!;
  const known = Float64Array.from(split.training, (row) => values[row]!).filter((value) => !Number.isNaN(value));
  return {
    ...{ kind: "quantity", name, unit, column, limits: rangeOf(known), test: after, before, coverage: { one, two } },
    largestError: PRIOR_SHARE * standardDeviation(known),
  };
}

const classesOutput = ({ name, column, classes, after: test, before }: ClassEvaluation): ClassesOutput => ({
  ...{ kind: "classes", name, column, classes, test, before },
});

/** Mean over what is said of how much better it is than the estimate to beat; lower is better. */
function metricOf({ labels, classes }: Scores): Metric {
  const ratios = [
    ...labels.map(({ after, before }) => after.rmse / before.rmse),
    ...classes.map(({ after, before }) => after.logLoss / before.logLoss),
  ];
  const name = classes.length === 0 ? "rmse-ratio" : labels.length === 0 ? "log-loss-ratio" : "error-ratio";
  return { name, value: ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length, better: "lower" };
}

const familyNames = (families: readonly OpenFamily[]) => families.map(({ family }) => family.name);

function settingsOf({ families, targets, study, groups, interrupted }: StudyVersion, { gaps }: Scores): ManifestDraft["settings"] {
  return {
    families: families.map(({ family, settings }) => ({ name: family.name, settings })),
    fits: targets.map(({ notes }) => notes),
    folds: study.folds,
    gaps: { copies: study.gaps.copies, groups: groups.map(({ name }) => name), scores: gaps },
    interrupted,
  };
}

function studyOf({ study, read }: StudyVersion): NonNullable<ManifestDraft["study"]> {
  const { text, sha256, mapping, without } = study;
  const sources = Object.fromEntries(read.compiled.columns.map((column) => [column.name, read.sources.get(column.name) ?? column.name]));
  return {
    ...{ text, sha256, sources, without },
    mapping: mapping === null || read.mapping === null ? null : readFileSync(mappingFile(mapping), "utf8"),
    inputs: read.compiled.inputs.map(({ name, expression }) => ({ name, expression })),
    cuts: read.sample.cuts,
  };
}

function draft(version: StudyVersion, scores: Scores): ManifestDraft {
  const { model, study, read, split, normalisation, families, seed } = version;
  const { sample, compiled } = read;
  const validation = split.training.filter((row) => split.fold[row] === 0).length;
  const outputs: Output[] = [
    ...scores.labels.map((evaluation, index) => quantityOutput(version, index, evaluation)),
    ...scores.classes.map(classesOutput),
  ];
  return {
    ...{ model, recipe: study.name, modality: "values", seed, outputs, farthest: FARTHEST },
    columns: compiled.columns.map(({ name, unit, description }) => ({ name, unit, description })),
    featureSet: { name: study.name, inputs: compiled.inputs.map(({ name, unit, description }) => ({ name, unit, description })) },
    limits: inputLimits(version),
    normalisation: { mean: [...Float64Array.from(normalisation.mean)], scale: [...Float64Array.from(normalisation.scale)] },
    members: split.folds,
    settings: settingsOf(version, scores),
    data: {
      ...{ source: sample.source, path: sample.path, layout: sample.layout, idColumn: sample.idColumn },
      ...{ sha256: sample.sha256, synthetic: sample.synthetic },
      stars: { train: split.training.length - validation, validation, test: split.test.length },
      testSha256: hashIds(Array.from(split.test, (row) => sample.ids[row]!)),
    },
    metric: metricOf(scores),
    backend: [...new Set(families.map(({ fitter }) => fitter.backend.name))].join(", "),
    libraries: Object.assign({}, ...families.map(({ fitter }) => fitter.backend.libraries)),
    commit: codeCommit(__dirname),
    study: studyOf(version),
  };
}

function notesOf({ read, families }: StudyVersion, { classes, gaps }: Scores): string[] {
  const cuts = read.sample.cuts.map(({ name, kept, lost }) => `  ${name}: ${kept}${lost > 0 ? ` (${lost} less)` : ""}`);
  return [
    `Learned by ${familyNames(families).join(" + ")}. Stars behind each cut:`,
    ...cuts,
    ...classes.flatMap((one) => ["", renderClassTable(one)]),
    ...(gaps.length > 0 ? ["", "With one group of columns taken away from the test stars:", gapTable(gaps, read.sample.quantities)] : []),
  ];
}

/** How far trainings that differ by their seed alone are apart; null of one. */
function repeatabilityOf(labels: readonly LabelPredictions[], repetitions: StudyVersion["repetitions"]): TrainingReport["repeatability"] {
  if (repetitions.length === 0) return null;
  return labels.map(({ name, unit, predicted }, index) =>
    repeatability(name, unit, [predicted, ...repetitions.map((labelsAgain) => labelsAgain[index]!.predicted)]),
  );
}

/** Scores a fitted study by the artifact that will be served, and registers it as a new version. */
export async function studyVersion(registry: Registry, version: StudyVersion): Promise<TrainingReport> {
  const onnx = studyArtifact(version.model, version);
  const predictions = await predictTest(onnx, version);
  const scores: Scores = {
    labels: predictions.labels.map(evaluateLabel),
    classes: predictions.classes.map(evaluateClasses),
    gaps: await scoreGaps(onnx, version),
  };
  const registered = await registry.register(draft(version, scores), onnx);
  const title = `${registered.model}@${registered.version}`;
  return {
    version: registered,
    evaluations: scores.labels,
    predictions: predictions.labels,
    repeatability: repeatabilityOf(predictions.labels, version.repetitions),
    interrupted: version.interrupted,
    notes: notesOf(version, scores),
    figures: scores.classes.map((one) => ({ name: `${one.name}-confusion.svg`, svg: confusionFigure(one, title) })),
  };
}
