import { calibrateClasses, calibratedProbabilities, emitCalibrated, expectedCalibrationError } from "./class-calibration";
import { conditionsOfRows } from "./condition-patterns";
import type { CrossFit } from "./cross-fit";
import type { FittedClasses } from "./fit-plan";
import type { FitSample } from "./fit-sample";
import { emitStackedClasses, stackClasses, weightNotes } from "./stack";

/** Share of rows whose most probable class is the known one. */
function accuracy(probabilities: Float64Array, classes: number, reference: Int32Array): number {
  const right = reference.reduce((count, known, row) => {
    const said = probabilities.subarray(row * classes, (row + 1) * classes);
    return count + Number(said.indexOf(Math.max(...said)) === known);
  }, 0);
  return right / reference.length;
}

/** @returns [rows, classes] of some of all rows */
function take(values: Float64Array, classes: number, rows: Int32Array): Float64Array {
  const taken = new Float64Array(rows.length * classes);
  for (const [at, row] of rows.entries()) taken.set(values.subarray(row * classes, (row + 1) * classes), at * classes);
  return taken;
}

/** @returns [all rows, classes], NaN but for the rows */
function amongAll(values: Float64Array, classes: number, rows: Int32Array, all: number): Float64Array {
  const spread = new Float64Array(all * classes).fill(Number.NaN);
  for (const [at, row] of rows.entries()) spread.set(values.subarray(at * classes, (at + 1) * classes), row * classes);
  return spread;
}

/**
 * Makes calibrated classes of what families say of them out of fold.
 *
 * @param reference [all rows] index of the class, -1 where unknown
 * @param rows with a known class that all families answered
 */
export function finishClasses(
  fits: readonly CrossFit[],
  names: readonly string[],
  classes: number,
  reference: Int32Array,
  rows: Int32Array,
  sample: FitSample,
): FittedClasses {
  const members = fits.flatMap(({ outOfFold }) => (outOfFold.kind === "classes" ? [outOfFold.probabilities] : []));
  const stacked = stackClasses(members, classes, reference, rows, sample.fold);
  const missing = conditionsOfRows(sample, rows);
  const { conditions, conditionCount } = missing;
  const answered = { probabilities: take(stacked.probabilities, classes, rows), classes, conditions, conditionCount };
  const known = Int32Array.from(rows, (row) => reference[row]!);
  const calibration = calibrateClasses(answered, known);
  const calibrated = calibratedProbabilities(calibration, answered);
  return {
    kind: "classes",
    emit: (graph, inputs, conditions) => ({
      probabilities: emitCalibrated(
        graph,
        calibration,
        emitStackedClasses(graph, inputs, fits, stacked.weights),
        missing.emit(graph, conditions),
      ),
    }),
    outOfFold: { probabilities: amongAll(calibrated, classes, rows, reference.length) },
    notes: {
      outOfFoldAccuracy: accuracy(calibrated, classes, known),
      expectedCalibrationError: expectedCalibrationError({ probabilities: calibrated, classes }, known),
      ...weightNotes(names, stacked.weights),
    },
  };
}
