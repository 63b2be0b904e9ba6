import { flagNames } from "../../src/catalogue/prediction-flags";
import { csvLine } from "../../src/formats/csv/csv-line";
import type { QuantityOutput } from "../../src/models/registry/output";
import type { StarPrediction } from "../../src/models/star-prediction";

/** Single precision holds 7 significant digits. */
export const shortNumber = (value: number) => String(Number(value.toPrecision(7)));

/** @returns the header of a file of predictions, with its line's end */
export function predictionHeader(idColumn: string, labels: readonly QuantityOutput[]): string {
  const ofLabels = labels.flatMap(({ column }) => [column, `${column}_error`]);
  return csvLine([idColumn, ...ofLabels, "flags", "inputs_missing", "inputs_outside_limits", "labels_extrapolated"]);
}

/** @returns a star's line: a label without an answer is an empty cell; names in a cell are joined by | */
export function predictionLine(id: string, labels: readonly QuantityOutput[], prediction: StarPrediction): string {
  const answers = labels.map(({ name }) => prediction.labels.find(({ label }) => label === name));
  const ofLabels = answers.flatMap((answer) => (answer ? [shortNumber(answer.value), shortNumber(answer.uncertainty)] : ["", ""]));
  const extrapolated = labels.filter((_, index) => flagNames(answers[index]?.flags ?? 0).includes("LABEL_EXTRAPOLATED"));
  const flags = flagNames(prediction.flags);
  const lists = [flags, prediction.inputsMissing, prediction.inputsOutsideLimits, extrapolated.map(({ column }) => column)];
  return csvLine([id, ...ofLabels, ...lists.map((names) => names.join("|"))]);
}
