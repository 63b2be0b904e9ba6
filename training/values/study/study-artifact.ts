import type { Split } from "../../datasets/split";
import type { FittedTarget } from "../../fit/fit-plan";
import { column } from "../../fit/normalise";
import type { Normalisation } from "../../onnx/prepare";
import type { ColumnGroup } from "../column-groups";
import { ValuesArtifact } from "../values-artifact";
import { emitConditions } from "./gaps";
import type { Study } from "./study";
import type { StudySample } from "./study-sample";

/** What a trained study is written from. */
export interface FittedStudy {
  readonly study: Study;
  readonly read: StudySample;
  readonly split: Split;
  readonly groups: readonly ColumnGroup[];
  readonly normalisation: Normalisation;
  /** quantities, then classes, in the sample's order */
  readonly targets: readonly FittedTarget[];
}

/** @returns [min, max]; [0, 0] of nothing, so that any value of an input that no training star had lies outside */
export function rangeOf(values: Float64Array): [number, number] {
  return values.length === 0 ? [0, 0] : [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}

/** @returns the range of each input over the training stars */
export function inputLimits({ read, split }: FittedStudy): [number, number][] {
  const width = read.compiled.inputs.length;
  return read.compiled.inputs.map((_, index) => rangeOf(column(read.inputs, width, index, split.training)));
}

/** @param name of the model @returns one ONNX file from raw columns to what the study learned */
export function studyArtifact(name: string, fitted: FittedStudy): Uint8Array {
  const { study, read, groups, normalisation, targets } = fitted;
  const artifact = new ValuesArtifact(name, read.compiled, { normalisation, limits: inputLimits(fitted) });
  const { graph, inputs } = artifact;
  const conditions = emitConditions(graph, artifact.conditions, read.compiled.columns.length, groups);
  const { quantities, classes } = read.sample;
  for (const [index, target] of targets.entries()) {
    if (target.kind === "quantity") {
      const { value, error } = target.emit(graph, inputs, conditions);
      artifact.quantity(quantities[index]!.name, quantities[index]!.unit, value, error);
    } else {
      const { name: of, classes: words } = classes[index - quantities.length]!;
      artifact.classes(of, words, target.emit(graph, inputs, conditions).probabilities);
    }
  }
  return artifact.finish({ study: study.text });
}
