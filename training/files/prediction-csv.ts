import { flagNames } from "../../src/catalogue/prediction-flags";
import { csvLine } from "../../src/formats/csv/csv-line";
import type { Manifest } from "../../src/models/registry/manifest";
import { classesOf, quantitiesOf, vectorsOf } from "../../src/models/registry/output";
import type { StarPrediction } from "../../src/models/star-prediction";

/** Single precision holds 7 significant digits. */
export const shortNumber = (value: number) => String(Number(value.toPrecision(7)));

/** Columns of what a version says, and the cells of a star under them; a cell is empty where there is no answer. */
export interface AnswerCells {
  readonly columns: readonly string[];
  of(prediction: StarPrediction): string[];
}

const empty = (cells: number): string[] => new Array<string>(cells).fill("");

/**
 * Each quantity with its error; each classification with the most probable class, its probability and that of every class; each
 * vector number by number.
 */
export function answerCells(manifest: Manifest): AnswerCells {
  const [quantities, classifications, vectors] = [quantitiesOf(manifest), classesOf(manifest), vectorsOf(manifest)];
  return {
    columns: [
      ...quantities.flatMap(({ column }) => [column, `${column}_error`]),
      ...classifications.flatMap(({ column, classes }) => [
        column,
        `${column}_probability`,
        ...classes.map((name) => `${column}_probability_${name}`),
      ]),
      ...vectors.flatMap(({ name, length }) => Array.from({ length }, (_, index) => `${name}_${index + 1}`)),
    ],
    of: (prediction) => [
      ...quantities.flatMap(({ name }) => {
        const answer = prediction.labels.find(({ label }) => label === name);
        return answer ? [shortNumber(answer.value), shortNumber(answer.uncertainty)] : empty(2);
      }),
      ...classifications.flatMap(({ name, classes }) => {
        const answer = prediction.classes.find((one) => one.name === name);
        return answer ? [answer.value, ...[answer.probability, ...answer.probabilities].map(shortNumber)] : empty(2 + classes.length);
      }),
      ...vectors.flatMap(
        ({ name, length }) => prediction.vectors.find((one) => one.name === name)?.values.map(shortNumber) ?? empty(length),
      ),
    ],
  };
}

/** Why there is no answer, where the flags do not say it. */
function reasonOf({ refusal, unpredicted }: StarPrediction): string[] {
  if (refusal !== null) return [refusal];
  return unpredicted === null || unpredicted === "no-input" ? [] : [unpredicted.toUpperCase().replace("-", "_")];
}

/** How the lines of a file of predictions are written. */
export interface PredictionCsv {
  readonly columns: readonly string[];
  line(id: string, prediction: StarPrediction): string;
}

/** Names in a cell are joined by |. */
export function predictionCsv(idColumn: string, manifest: Manifest): PredictionCsv {
  const cells = answerCells(manifest);
  const quantities = quantitiesOf(manifest);
  return {
    columns: [idColumn, ...cells.columns, "flags", "inputs_missing", "inputs_outside_limits", "labels_extrapolated"],
    line(id, prediction) {
      const isExtrapolated = (name: string) =>
        prediction.labels.some(({ label, flags }) => label === name && flagNames(flags).includes("LABEL_EXTRAPOLATED"));
      const extrapolated = quantities.filter(({ name }) => isExtrapolated(name)).map(({ column }) => column);
      const flags = [...reasonOf(prediction), ...flagNames(prediction.flags)];
      const lists = [flags, prediction.inputsMissing, prediction.inputsOutsideLimits, extrapolated];
      return csvLine([id, ...cells.of(prediction), ...lists.map((names) => names.join("|"))]);
    },
  };
}
