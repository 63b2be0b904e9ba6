import type { OnnxModel, Value } from "../onnx/onnx-model";
import { type Evaluated, minimise } from "./lbfgs";
import { softmax } from "./softmax";

/**
 * Calibrated probabilities: softmax of (sharpness x) log p + bias, where x are 1 and the conditions (temperature and
 * vector scaling, Guo et al. 2017, with a temperature that depends on what is missing). A sharpness below one says that
 * what answers is surer than it should be.
 */
export interface ClassCalibration {
  /** [1 + conditions] */
  readonly sharpness: Float64Array;
  /** [classes] */
  readonly bias: Float64Array;
}

/** Probabilities of rows whose class is known, by fits that the rows had no part in. */
export interface AnsweredClasses {
  /** [rows, classes] */
  readonly probabilities: Float64Array;
  readonly classes: number;
  /** [rows, conditions] */
  readonly conditions: Float32Array;
  readonly conditionCount: number;
}

/** A probability of nothing at all has no logarithm; a class is never certain by more than this. */
const LEAST = 1e-6;
/** As if so many rows spoke for the probabilities as they are. */
const RIDGE = 4;
const STEPS = 200;

function sharpnessOf({ sharpness }: ClassCalibration, { conditions, conditionCount }: AnsweredClasses, row: number): number {
  let sum = sharpness[0]!;
  for (let j = 0; j < conditionCount; j++) sum += sharpness[1 + j]! * conditions[row * conditionCount + j]!;
  return sum;
}

/** @returns [rows, classes] that add up to one */
export function calibratedProbabilities(calibration: ClassCalibration, answered: AnsweredClasses): Float64Array {
  const { probabilities, classes } = answered;
  const logits = probabilities.map((probability, index) => {
    const sharpness = sharpnessOf(calibration, answered, Math.floor(index / classes));
    return sharpness * Math.log(Math.max(LEAST, probability)) + calibration.bias[index % classes]!;
  });
  return softmax(logits, classes);
}

const calibrationOf = (point: Float64Array, conditionCount: number): ClassCalibration => ({
  sharpness: point.slice(0, 1 + conditionCount),
  bias: point.slice(1 + conditionCount),
});

/** Minus the logarithm of the likelihood of the known classes, and its slope. */
function surprise(point: Float64Array, answered: AnsweredClasses, reference: Int32Array): Evaluated {
  const { classes, conditions, conditionCount, probabilities } = answered;
  const calibrated = calibratedProbabilities(calibrationOf(point, conditionCount), answered);
  // The probabilities as they are have a sharpness of one; all else is nothing.
  const gradient = point.map((value, j) => RIDGE * (value - Number(j === 0)));
  let value = gradient.reduce((sum, one) => sum + (one * one) / (2 * RIDGE), 0);
  reference.forEach((known, row) => {
    value -= Math.log(calibrated[row * classes + known]!);
    let slope = 0;
    for (let c = 0; c < classes; c++) {
      const surplus = calibrated[row * classes + c]! - Number(c === known);
      gradient[1 + conditionCount + c]! += surplus;
      slope += surplus * Math.log(Math.max(LEAST, probabilities[row * classes + c]!));
    }
    gradient[0]! += slope;
    for (let j = 0; j < conditionCount; j++) gradient[1 + j]! += slope * conditions[row * conditionCount + j]!;
  });
  return { value, gradient };
}

/** @param reference [rows] index of the known class */
export function calibrateClasses(answered: AnsweredClasses, reference: Int32Array): ClassCalibration {
  const start = new Float64Array(1 + answered.conditionCount + answered.classes);
  start[0] = 1;
  return calibrationOf(
    minimise((point) => surprise(point, answered, reference), start, STEPS),
    answered.conditionCount,
  );
}

/** Adds calibrated probabilities to a graph. @returns [N, classes] */
export function emitCalibrated(graph: OnnxModel, { sharpness, bias }: ClassCalibration, probabilities: Value, conditions: Value): Value {
  const logarithms = graph.add("Log", [graph.add("Max", [probabilities, graph.scalar(LEAST)])]);
  const slopes = graph.constant([sharpness.length - 1, 1], Float32Array.from(sharpness.subarray(1)));
  const first = graph.scalar(sharpness[0]!);
  const factor = sharpness.length > 1 ? graph.add("Add", [graph.add("MatMul", [conditions, slopes]), first]) : first;
  const logits = graph.add("Add", [graph.add("Mul", [logarithms, factor]), graph.constant([bias.length], Float32Array.from(bias))]);
  return graph.add("Softmax", [logits], { axis: 1 });
}

const BINS = 15;

/**
 * Expected calibration error (Naeini et al. 2015): by how much the probability of the most probable class differs from
 * how often it is right, averaged over bins of that probability.
 */
export function expectedCalibrationError(
  { probabilities, classes }: Pick<AnsweredClasses, "probabilities" | "classes">,
  reference: Int32Array,
): number {
  const bins = Array.from({ length: BINS }, () => ({ count: 0, right: 0, said: 0 }));
  reference.forEach((known, row) => {
    const said = probabilities.subarray(row * classes, (row + 1) * classes);
    const highest = Math.max(...said);
    const bin = bins[Math.min(BINS - 1, Math.floor(highest * BINS))]!;
    bin.count++;
    bin.said += highest;
    bin.right += Number(said.indexOf(highest) === known);
  });
  return bins.reduce((sum, { right, said }) => sum + Math.abs(right - said), 0) / reference.length;
}
