import { PredictionModel } from "../../fit/prediction-model";
import type { Calibration, Normalisation } from "../../fit/scales";
import { FLOAT32, FLOAT64, type OnnxModel, type Value } from "../../onnx/onnx-model";
import type { Relation } from "./fit-relation";
import type { Term } from "./term";

/** A relation, and which of the inputs it is of. */
export interface RelationModel {
  readonly name: string;
  readonly label: string;
  /** `mean` fills an error that is missing where its quantity is there */
  readonly normalisation: Normalisation;
  /** [quantities] place of each quantity among the inputs */
  readonly quantityAt: readonly number[];
  /** [quantities] place of its standard error; -1 of a quantity that is known exactly */
  readonly errorAt: readonly number[];
  readonly relation: Relation;
  /** what is left when all is measured, the intrinsic scatter above all, and how far the star's own spread counts beside it */
  readonly calibration: Calibration;
}

/** One quantity of each star in the graph, all float64 [N, 1]. */
interface Measured {
  readonly value: Value;
  /** 1 if it was measured, 0 if it is missing */
  readonly isKnown: Value;
  /** square of the standard error */
  readonly variance: Value;
}

/** Below any variance of anything here: keeps 0 / 0 from becoming NaN. */
const TINY = 1e-30;

/** Arithmetic in double precision: products of phases nearly cancel. */
class Arithmetic {
  constructor(readonly graph: OnnxModel) {}

  number = (value: number): Value => this.graph.constant([], Float64Array.of(value));
  plus = (a: Value, b: Value): Value => this.graph.add("Add", [a, b]);
  minus = (a: Value, b: Value): Value => this.graph.add("Sub", [a, b]);
  times = (a: Value, b: Value): Value => this.graph.add("Mul", [a, b]);
  over = (a: Value, b: Value): Value => this.graph.add("Div", [a, this.graph.add("Max", [b, this.number(TINY)])]);
  sum = (values: readonly Value[]): Value => values.reduce(this.plus);
}

/** @param at place among the inputs @returns float64 [N, 1], and whether it is missing */
function column({ graph }: Arithmetic, raw: Value, at: number): { value: Value; isMissing: Value } {
  const single = graph.add("Gather", [raw, graph.constant([1], BigInt64Array.of(BigInt(at)))], { axis: 1 });
  return { value: graph.add("Cast", [single], { to: FLOAT64 }), isMissing: graph.add("IsNaN", [single]) };
}

function measured(math: Arithmetic, raw: Value, { quantityAt, errorAt, normalisation }: RelationModel, quantity: number): Measured {
  const { graph, number, times } = math;
  const { value, isMissing } = column(math, raw, quantityAt[quantity]!);
  const isKnown = graph.add("Where", [isMissing, number(0), number(1)]);
  const filled = graph.add("Where", [isMissing, number(0), value]);
  if (errorAt[quantity]! < 0) return { value: filled, isKnown, variance: number(0) };
  const error = column(math, raw, errorAt[quantity]!);
  const stated = graph.add("Where", [error.isMissing, number(normalisation.mean[errorAt[quantity]!]!), error.value]);
  return { value: filled, isKnown, variance: times(stated, stated) };
}

/** What is known of the true quantities: means, and covariances by row. */
interface Known {
  readonly mean: Value[];
  readonly covariance: Value[][];
}

/** `trueValues`, written as a graph. @param ignoresErrors takes what was measured as exact */
function update(
  math: Arithmetic,
  { mean, covariance }: Known,
  at: number,
  { value, isKnown, variance }: Measured,
  ignoresErrors: boolean,
): Known {
  const { plus, minus, times, over } = math;
  const surprise = minus(value, mean[at]!);
  const total = ignoresErrors ? covariance[at]![at]! : plus(covariance[at]![at]!, variance);
  const gain = mean.map((_, row) => times(over(covariance[row]![at]!, total), isKnown));
  return {
    mean: mean.map((one, row) => plus(one, times(gain[row]!, surprise))),
    covariance: covariance.map((values, row) => values.map((one, other) => minus(one, times(gain[row]!, covariance[at]![other]!)))),
  };
}

function knownOf(math: Arithmetic, { prior, population }: Relation, quantities: readonly Measured[]): Known {
  const size = quantities.length;
  const start: Known = {
    mean: Array.from(population.mean, math.number),
    covariance: quantities.map((_, row) => Array.from(population.covariance.subarray(row * size, (row + 1) * size), math.number)),
  };
  const isUniform = prior === "uniform";
  const known = quantities.reduce((state, quantity, at) => update(math, state, at, quantity, isUniform), start);
  if (!isUniform) return known;
  const widened = known.covariance.map((values, row) =>
    values.map((one, other) => (row === other ? math.plus(one, math.times(quantities[row]!.variance, quantities[row]!.isKnown)) : one)),
  );
  return { ...known, covariance: widened };
}

function expectation(math: Arithmetic, { factors: [a, b] }: Term, { mean, covariance }: Known): Value {
  return b === undefined ? mean[a]! : math.plus(math.times(mean[a]!, mean[b]!), covariance[a]![b]!);
}

/** Derivative of the whole relation by one quantity. */
function slope(math: Arithmetic, { terms, coefficients }: Relation, mean: readonly Value[], quantity: number): Value {
  const parts = terms.flatMap(({ factors: [a, b] }, index) => {
    const coefficient = math.number(coefficients[index + 1]!);
    if (b === undefined) return a === quantity ? [coefficient] : [];
    return [...(a === quantity ? [math.times(coefficient, mean[b]!)] : []), ...(b === quantity ? [math.times(coefficient, mean[a]!)] : [])];
  });
  return parts.length > 0 ? math.sum(parts) : math.number(0);
}

/** What the measurements leave open of the label. */
function openVariance(math: Arithmetic, relation: Relation, { mean, covariance }: Known): Value {
  const slopes = mean.map((_, quantity) => slope(math, relation, mean, quantity));
  return math.sum(
    covariance.flatMap((values, row) => values.map((one, other) => math.times(math.times(slopes[row]!, slopes[other]!), one))),
  );
}

/**
 * Writes a relation as one ONNX file: `inputs` [N, F] -> `value` and `error` [N, 1], see PredictionModel. What
 * `predictRelation` computes, measurement errors among the inputs.
 */
export function exportRelation(relationModel: RelationModel): Uint8Array {
  const { name, label, normalisation, quantityAt, relation, calibration } = relationModel;
  const model = new PredictionModel(name, normalisation);
  const math = new Arithmetic(model.graph);
  const { graph } = model;
  const quantities = quantityAt.map((_, quantity) => measured(math, model.raw, relationModel, quantity));
  const known = knownOf(math, relation, quantities);
  // The first quantity's column gives constants its shape, [N, 1].
  const one = math.plus(math.times(quantities[0]!.value, math.number(0)), math.number(1));
  const width = relation.coefficients.length;
  const row = graph.add("Concat", [one, ...relation.terms.map((term) => math.times(expectation(math, term, known), one))], { axis: 1 });
  const value = graph.add("MatMul", [row, graph.constant([width, 1], relation.coefficients)]);
  const spread = graph.add("Mul", [graph.add("MatMul", [row, graph.constant([width, width], relation.covariance)]), row]);
  const ofCoefficients = graph.add("MatMul", [spread, graph.constant([width, 1], new Float64Array(width).fill(1))]);
  const variance = math.plus(ofCoefficients, openVariance(math, relation, known));
  const [single, singleVariance] = [value, variance].map((tensor) => graph.add("Cast", [tensor], { to: FLOAT32 }));
  model.label({ name: label, mean: 0, scale: 1 }, { value: single!, variance: singleVariance! }, calibration);
  return model.finish();
}
