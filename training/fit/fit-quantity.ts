import { rootMeanSquare } from "../../src/science/statistics";
import { type Conditions, conditionsOfRows } from "./condition-patterns";
import type { CrossFit } from "./cross-fit";
import { coverage, emitError, fitErrorModel } from "./error-model";
import type { Answered } from "./error-terms";
import { errorsOutOfFold } from "./errors-out-of-fold";
import type { FittedQuantity } from "./fit-plan";
import type { FitSample } from "./fit-sample";
import type { LabelScale } from "./scales";
import { shrinkage } from "./shrinkage";
import { emitStackedQuantity, type StackedQuantity, stackQuantities, weightNotes } from "./stack";

const take = (values: Float64Array, rows: Int32Array) => Float64Array.from(rows, (row) => values[row]!);

/** @returns what is said of the rows, as the error model takes it */
function answeredRows({ value, variance }: StackedQuantity, { conditions, conditionCount }: Conditions, rows: Int32Array): Answered {
  return { value: take(value, rows), variance: variance === null ? null : take(variance, rows), conditions, conditionCount };
}

/** What each family says out of fold, one label of one kind. */
const membersOf = (fits: readonly CrossFit[]) => fits.flatMap(({ outOfFold }) => (outOfFold.kind === "quantity" ? [outOfFold] : []));

/** @returns the values of some rows among all of them, the others NaN */
function amongAll(values: Float64Array, rows: Int32Array, all: number): Float64Array {
  const spread = new Float64Array(all).fill(Number.NaN);
  rows.forEach((row, at) => {
    spread[row] = values[at]!;
  });
  return spread;
}

/**
 * Makes a quantity of what families say of it out of fold: their weights and the errors that are stated.
 *
 * @param reference [all rows] of order one, NaN where unknown
 * @param rows with a known label that all families answered
 */
export function finishQuantity(
  fits: readonly CrossFit[],
  names: readonly string[],
  { mean: centre, scale }: LabelScale,
  reference: Float64Array,
  rows: Int32Array,
  sample: FitSample,
): FittedQuantity {
  const stacked = stackQuantities(membersOf(fits), reference, rows, sample.fold);
  const known = conditionsOfRows(sample, rows);
  const answered = answeredRows(stacked, known, rows);
  const residuals = answered.value.map((value, at) => value - reference[rows[at]!]!);
  const factors = shrinkage(residuals, take(stacked.surplus, rows), answered);
  const shrunk = residuals.map((residual, at) => residual * factors[at]!);
  const errors = fitErrorModel(answered, shrunk);
  const folds = Array.from(rows, (row) => sample.fold[row]!);
  // Of a row's own answer, which is one fit's, the error is larger again.
  const stated = errorsOutOfFold(answered, shrunk, folds).map((error, at) => (scale * error) / factors[at]!);
  const values = answered.value.map((value) => centre + scale * value);
  const { one, two } = coverage(
    residuals.map((residual) => scale * residual),
    stated,
  );
  return {
    kind: "quantity",
    emit: (graph, inputs, conditions) => {
      const said = emitStackedQuantity(graph, inputs, fits, stacked.weights);
      const sigma = emitError(graph, errors, said.value, said.variance, known.emit(graph, conditions));
      const inUnits = graph.add("Add", [graph.add("Mul", [said.value, graph.scalar(scale)]), graph.scalar(centre)]);
      return { value: inUnits, error: graph.add("Mul", [sigma, graph.scalar(scale)]) };
    },
    outOfFold: { value: amongAll(values, rows, reference.length), error: amongAll(stated, rows, reference.length) },
    notes: {
      outOfFoldRmse: scale * rootMeanSquare(residuals),
      withinOneError: one,
      withinTwoErrors: two,
      ...weightNotes(names, stacked.weights),
    },
  };
}
