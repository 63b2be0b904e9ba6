import { probabilitiesTensor } from "../../../src/models/inference/answered-tensors";
import { mean } from "../../../src/science/statistics";
import { gatherRows } from "../../datasets/gather-rows";
import { classPredictions } from "../../evaluation/class-predictions";
import type { ClassPredictions } from "../../evaluation/class-statistics";
import { evaluateLabel, type LabelPredictions } from "../../evaluation/error-statistics";
import { withoutGroup } from "./gaps";
import { type ArtifactAnswers, runArtifact } from "./run-artifact";
import type { FittedStudy } from "./study-artifact";

/** What an artifact says of a study's test stars. */
export interface StudyPredictions {
  readonly labels: readonly LabelPredictions[];
  readonly classes: readonly ClassPredictions[];
}

/** How a label is predicted on the test stars when one group of raw columns is taken away. */
export interface GapScore {
  readonly group: string;
  readonly label: string;
  /** test stars that have the group, and get an answer without it */
  readonly stars: number;
  readonly rmse: number;
  readonly coverage: number;
}

/** The estimate to beat: the study's own, else the mean label of the training stars. */
function baseline({ read, split }: FittedStudy, label: number): Float64Array {
  const { name, values } = read.sample.quantities[label]!;
  const own = read.before.get(name);
  if (own) return Float64Array.from(split.test, (row) => own[row]!);
  const known = Float64Array.from(split.training, (row) => values[row]!).filter((value) => !Number.isNaN(value));
  return new Float64Array(split.test.length).fill(mean(known));
}

function labelPredictions(fitted: FittedStudy, { value, error }: ArtifactAnswers): LabelPredictions[] {
  const { quantities } = fitted.read.sample;
  const { test } = fitted.split;
  const column = (data: Float32Array, index: number) => Float64Array.from(test, (_, star) => data[star * quantities.length + index]!);
  return quantities.map(({ name, unit, column: title, values }, index) => ({
    ...{ name, unit, column: title },
    reference: Float64Array.from(test, (row) => values[row]!),
    predicted: column(value!, index),
    error: column(error!, index),
    before: baseline(fitted, index),
  }));
}

const testRaw = ({ read, split }: FittedStudy) => gatherRows(read.sample.raw, read.sample.columns.length, split.test);

/** Predicts the test stars by the artifact, as it is served. */
export async function predictTest(onnx: Uint8Array, fitted: FittedStudy): Promise<StudyPredictions> {
  const answers = await runArtifact(onnx, fitted.read.compiled, testRaw(fitted));
  const { classes } = fitted.read.sample;
  return {
    labels: labelPredictions(fitted, answers),
    classes: classes.map((one) => classPredictions(one, answers[probabilitiesTensor(one.name)]!, fitted.split.test, fitted.split.training)),
  };
}

/** Keeps the stars of which a group was really taken away. */
function only(label: LabelPredictions, kept: readonly number[]): LabelPredictions {
  const take = (values: Float64Array) => Float64Array.from(kept, (star) => values[star]!);
  return {
    ...label,
    reference: take(label.reference),
    predicted: take(label.predicted),
    error: take(label.error),
    before: take(label.before),
  };
}

/** How well each label is predicted without each group of raw columns, on the test stars that have it. */
export async function scoreGaps(onnx: Uint8Array, fitted: FittedStudy): Promise<GapScore[]> {
  const raw = testRaw(fitted);
  const width = fitted.read.sample.columns.length;
  const scores: GapScore[] = [];
  for (const group of fitted.groups.length > 1 ? fitted.groups : []) {
    const stars = [...fitted.split.test.keys()].filter((star) =>
      group.columns.some((column) => !Number.isNaN(raw[star * width + column]!)),
    );
    const answers = await runArtifact(onnx, fitted.read.compiled, withoutGroup(raw, width, group));
    for (const label of labelPredictions(fitted, answers)) {
      const { after, coverage } = evaluateLabel(only(label, stars));
      if (after.stars > 0) scores.push({ group: group.name, label: label.name, stars: after.stars, rmse: after.rmse, coverage });
    }
  }
  return scores;
}
