import { gatherRows } from "../datasets/gather-rows";
import { calibrateClasses, calibratedProbabilities, emitCalibrated, expectedCalibrationError } from "./class-calibration";
import type { CrossFit } from "./cross-fit";
import type { FittedClasses } from "./fit-plan";
import type { FitSample } from "./fit-sample";
import { emitStackedClasses, stackClasses } from "./stack";

/** Share of rows whose most probable class is the known one. */
function accuracy(probabilities: Float64Array, classes: number, reference: Int32Array): number {
  const right = reference.reduce((count, known, row) => {
    const said = probabilities.subarray(row * classes, (row + 1) * classes);
    return count + Number(said.indexOf(Math.max(...said)) === known);
  }, 0);
  return right / reference.length;
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
  const conditionCount = sample.conditionNames.length;
  const answered = {
    probabilities: Float64Array.from(
      { length: rows.length * classes },
      (_, at) => stacked.probabilities[rows[Math.floor(at / classes)]! * classes + (at % classes)]!,
    ),
    classes,
    conditions: gatherRows(sample.conditions, conditionCount, rows),
    conditionCount,
  };
  const known = Int32Array.from(rows, (row) => reference[row]!);
  const calibration = calibrateClasses(answered, known);
  const calibrated = calibratedProbabilities(calibration, answered);
  const probabilities = new Float64Array(reference.length * classes).fill(Number.NaN);
  rows.forEach((row, at) => {
    probabilities.set(calibrated.subarray(at * classes, (at + 1) * classes), row * classes);
  });
  return {
    kind: "classes",
    emit: (graph, inputs, conditions) => ({
      probabilities: emitCalibrated(graph, calibration, emitStackedClasses(graph, inputs, fits, stacked.weights), conditions),
    }),
    outOfFold: { probabilities },
    notes: {
      outOfFoldAccuracy: accuracy(calibrated, classes, known),
      expectedCalibrationError: expectedCalibrationError({ probabilities: calibrated, classes }, known),
      ...Object.fromEntries(names.length > 1 ? names.map((name, i) => [`weight of ${name}`, stacked.weights[i]!]) : []),
    },
  };
}
