import { meanOverMembers } from "../onnx/members";
import type { OnnxModel, Value } from "../onnx/onnx-model";
import type { CrossFit } from "./cross-fit";
import type { GraphInputs } from "./family";
import type { FitNotes } from "./fit-plan";
import { classWeights, quantityWeights } from "./stack-weights";

/** Weighted mean of several families; of one family it is that family. */
export interface StackedQuantity {
  readonly kind: "quantity";
  readonly weights: readonly number[];
  /** [all rows] of order one, NaN where not answered */
  readonly value: Float64Array;
  /** [all rows] between and within the families; null where nothing says how sure it is */
  readonly variance: Float64Array | null;
  /** [all rows] see OutOfFold */
  readonly surplus: Float64Array;
}

export interface StackedClasses {
  readonly kind: "classes";
  readonly weights: readonly number[];
  /** [all rows, classes] */
  readonly probabilities: Float64Array;
}

type QuantityFit = Extract<CrossFit["outOfFold"], { kind: "quantity" }>;

/** The weights for the rows of each fold are found on the other folds, so that a row has no part in them. */
function byFold(rows: Int32Array, fold: Uint8Array, find: (rows: Int32Array) => number[]): Map<number, number[]> {
  const folds = [...new Set(rows.map((row) => fold[row]!))];
  return new Map(folds.map((one) => [one, find(rows.filter((row) => fold[row] !== one))]));
}

/** Weighted mean, weighted variance about it, and the weighted mean of the members' own. */
function mix(members: readonly QuantityFit[], weights: readonly number[], row: number): [value: number, variance: number, surplus: number] {
  const over = (pick: (member: QuantityFit, weight: number) => number) =>
    members.reduce((sum, member, i) => sum + weights[i]! * pick(member, weights[i]!), 0);
  const value = over((member) => member.value[row]!);
  const between = over((member) => (member.value[row]! - value) ** 2);
  const within = over(({ variance }) => (variance === null ? 0 : variance[row]!));
  return [value, between + within, over(({ surplus }, weight) => weight * surplus[row]!)];
}

/** @param reference [all rows] of order one @param rows those with a known label that all members answered */
export function stackQuantities(
  members: readonly QuantityFit[],
  reference: Float64Array,
  rows: Int32Array,
  fold: Uint8Array,
): StackedQuantity {
  const values = members.map(({ value }) => value);
  const find = (chosen: Int32Array) => quantityWeights(values, reference, chosen);
  const weightsOf = byFold(rows, fold, find);
  const [value, variance, surplus] = [0, 1, 2].map(() => new Float64Array(fold.length).fill(Number.NaN)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (const row of rows) [value[row], variance[row], surplus[row]] = mix(members, weightsOf.get(fold[row]!)!, row);
  const says = members.length > 1 || members[0]!.variance !== null;
  return { kind: "quantity", weights: find(rows), value, variance: says ? variance : null, surplus };
}

/** @param reference [all rows] index of the class */
export function stackClasses(
  members: readonly Float64Array[],
  classes: number,
  reference: Int32Array,
  rows: Int32Array,
  fold: Uint8Array,
): StackedClasses {
  const find = (chosen: Int32Array) => classWeights(members, classes, reference, chosen);
  const weightsOf = byFold(rows, fold, find);
  const probabilities = new Float64Array(fold.length * classes).fill(Number.NaN);
  for (const row of rows) {
    const weights = weightsOf.get(fold[row]!)!;
    for (let at = row * classes; at < (row + 1) * classes; at++)
      probabilities[at] = members.reduce((sum, member, i) => sum + weights[i]! * member[at]!, 0);
  }
  return { kind: "classes", weights: find(rows), probabilities };
}

/** What people may want to know of a stack: nothing of a single family. */
export const weightNotes = (names: readonly string[], weights: readonly number[]): FitNotes =>
  Object.fromEntries(names.length > 1 ? names.map((name, i) => [`weight of ${name}`, weights[i]!]) : []);

/** Families that a stack does without are left out of its graph. */
function used(fits: readonly CrossFit[], weights: readonly number[]): { fit: CrossFit; weight: number }[] {
  return fits.map((fit, i) => ({ fit, weight: weights[i]! })).filter(({ weight }) => weight > 1e-4);
}

/** @returns [N, 1] of order one; the variance is null where nothing says how sure it is */
export function emitStackedQuantity(
  graph: OnnxModel,
  inputs: GraphInputs,
  fits: readonly CrossFit[],
  weights: readonly number[],
): { value: Value; variance: Value | null } {
  const parts = used(fits, weights).map(({ fit, weight }) => ({ answer: fit.emit(graph, inputs), weight }));
  const quantities = parts.flatMap(({ answer, weight }) => (answer.kind === "quantity" ? [{ ...answer, weight }] : []));
  if (fits.length === 1) return quantities[0]!;
  const size = quantities.length;
  // The weights of those that are left add up to one again.
  const total = quantities.reduce((sum, { weight }) => sum + weight, 0);
  // A mean over members: each is multiplied by how many there are and by its weight.
  const factors = graph.constant(
    [size],
    Float32Array.from(quantities, ({ weight }) => (size * weight) / total),
  );
  const weighted = (columns: readonly Value[]) =>
    meanOverMembers(graph, graph.add("Mul", [graph.add("Concat", columns, { axis: 1 }), factors]));
  const values = quantities.map(({ value }) => value);
  const value = weighted(values);
  const deviations = values.map((one) => graph.add("Sub", [one, value]));
  const between = weighted(deviations.map((one) => graph.add("Mul", [one, one])));
  const nothing = graph.add("Mul", [value, graph.scalar(0)]);
  const within = weighted(quantities.map(({ variance }) => variance ?? nothing));
  return { value, variance: graph.add("Add", [between, within]) };
}

/** @returns [N, classes] */
export function emitStackedClasses(graph: OnnxModel, inputs: GraphInputs, fits: readonly CrossFit[], weights: readonly number[]): Value {
  const parts = used(fits, weights).flatMap(({ fit, weight }) => {
    const answer = fit.emit(graph, inputs);
    return answer.kind === "classes" ? [{ probabilities: answer.probabilities, weight }] : [];
  });
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  return parts
    .map(({ probabilities, weight }) => graph.add("Mul", [probabilities, graph.scalar(weight / total)]))
    .reduce((sum, one) => graph.add("Add", [sum, one]));
}
