import type { FitTask } from "../../fit/family";
import { minimise } from "../../fit/lbfgs";
import { softmax } from "../../fit/softmax";
import { type BayesianRidge, fitBayesianRidge, type NormalEquations } from "./bayesian-ridge";
import type { LinearSettings } from "./linear-settings";
import { fillTerms, type Terms, termCount, termsFor } from "./terms";

/** Coefficients as plain numbers. */
export type LinearFit =
  | { readonly kind: "quantity"; readonly terms: Terms; readonly posterior: BayesianRidge }
  /** [terms, classes] */
  | { readonly kind: "classes"; readonly terms: Terms; readonly coefficients: Float64Array; readonly classes: number };

type OnStep = (step: number, loss: number) => boolean;

const weightOf = ({ weights }: FitTask<unknown>, row: number) => (weights === null ? 1 : weights[row]!);
const preparedOf = ({ prepared, columns }: FitTask<unknown>, row: number) => prepared.subarray(2 * columns * row, 2 * columns * (row + 1));

function normalEquations(task: FitTask<LinearSettings>, terms: Terms, values: Float32Array): NormalEquations {
  const size = termCount(terms);
  const [products, right, x] = [new Float64Array(size * size), new Float64Array(size), new Float64Array(size)];
  let [square, rows] = [0, 0];
  for (const row of task.train) {
    const [weight, y] = [weightOf(task, row), values[row]!];
    fillTerms(terms, preparedOf(task, row), x);
    for (let i = 0; i < size; i++) {
      const weighted = weight * x[i]!;
      if (weighted === 0) continue;
      right[i]! += weighted * y;
      for (let j = 0; j <= i; j++) products[i * size + j]! += weighted * x[j]!;
    }
    square += weight * y * y;
    rows += weight;
  }
  return { size, products, right, square, rows };
}

/** Minus the logarithm of the likelihood of the known classes, with a ridge on all but the constants. */
function classLoss(task: FitTask<LinearSettings>, x: Float64Array, size: number, classes: number, values: Int32Array) {
  return (point: Float64Array) => {
    const gradient = point.map((value, at) => (at < classes ? 1e-6 : task.settings.ridge) * value);
    let value = gradient.reduce((sum, slope, at) => sum + (slope * point[at]!) / 2, 0);
    task.train.forEach((row, index) => {
      const said = new Float64Array(classes);
      const terms = x.subarray(index * size, (index + 1) * size);
      for (let i = 0; i < size; i++) for (let c = 0; c < classes; c++) said[c]! += terms[i]! * point[i * classes + c]!;
      softmax(said, classes);
      const weight = weightOf(task, row);
      value -= weight * Math.log(Math.max(1e-300, said[values[row]!]!));
      said[values[row]!]! -= 1;
      for (let i = 0; i < size; i++) for (let c = 0; c < classes; c++) gradient[i * classes + c]! += weight * terms[i]! * said[c]!;
    });
    return { value, gradient };
  };
}

const CLASS_STEPS = 100;
/** Rounds of the evidence, or steps of the likelihood. */
export const STEPS = { quantity: 12, classes: CLASS_STEPS } as const;

function fitLogistic(task: FitTask<LinearSettings>, terms: Terms, values: Int32Array, classes: number, onStep: OnStep): LinearFit {
  const size = termCount(terms);
  const x = new Float64Array(task.train.length * size);
  for (const [index, row] of task.train.entries()) fillTerms(terms, preparedOf(task, row), x.subarray(index * size, (index + 1) * size));
  const loss = classLoss(task, x, size, classes, values);
  const isEnough = (value: number, step: number) => onStep(step + 1, value / task.train.length);
  const coefficients = minimise(loss, new Float64Array(size * classes), CLASS_STEPS, isEnough);
  return { kind: "classes", terms, coefficients, classes };
}

/** Bayesian ridge regression of a quantity, logistic regression of classes, on the prepared inputs and their products. */
export function fitLinear(task: FitTask<LinearSettings>, onStep: OnStep): LinearFit {
  const terms = termsFor(task.columns, task.settings.terms);
  const { target } = task;
  if (target.kind === "classes") return fitLogistic(task, terms, target.values, target.classes, onStep);
  return { kind: "quantity", terms, posterior: fitBayesianRidge(normalEquations(task, terms, target.values), onStep) };
}

/** What the fit says of one row, as a reference for its graph. @returns the value and its variance */
export function applyRidge(
  terms: Terms,
  { mean, covariance, noise }: BayesianRidge,
  prepared: Float32Array,
): [value: number, variance: number] {
  const x = new Float64Array(mean.length);
  fillTerms(terms, prepared, x);
  let [value, variance] = [0, noise];
  for (let i = 0; i < x.length; i++) {
    value += x[i]! * mean[i]!;
    for (let j = 0; j < x.length; j++) variance += x[i]! * x[j]! * covariance[i * x.length + j]!;
  }
  return [value, variance];
}
