import { median, quantile } from "../../src/science/statistics";
import type { OnnxModel, Value } from "../onnx/onnx-model";

/** What is said of rows, of order one, and what their error may depend on. */
export interface Answered {
  /** [rows] */
  readonly value: Float64Array;
  /** [rows] variance between and within what answers; null where nothing says how sure it is */
  readonly variance: Float64Array | null;
  /** [rows, conditions] */
  readonly conditions: Float32Array;
  readonly conditionCount: number;
}

/** How a row's answer becomes the terms of its error's logarithm. */
export interface TermShape {
  /** the value counts between these two, of order one */
  readonly range: readonly [number, number];
  /** where the slope over the value may change */
  readonly knots: readonly number[];
  /** the logarithm of the spread counts from this least variance on, and is taken from this middle; null: no spread */
  readonly spread: { readonly least: number; readonly middle: number } | null;
  readonly conditionCount: number;
}

const RANGE = [0.02, 0.98] as const;
const KNOTS = [0.1, 0.37, 0.63, 0.9];
/** A spread that is a small part of the typical one is luck. */
const LEAST_SPREAD = 0.05;

export function termShapeOf({ value, variance, conditionCount }: Answered): TermShape {
  const [low, high] = RANGE.map((fraction) => quantile(value, fraction)) as [number, number];
  const least = variance === null ? 0 : LEAST_SPREAD ** 2 * median(variance);
  return {
    range: [low, high],
    knots: KNOTS.map((fraction) => quantile(value, fraction)),
    // Of a fit whose members all agree, the spread says nothing.
    spread: variance === null || least <= 0 ? null : { least, middle: median(variance.map((one) => halfLog(one, least))) },
    conditionCount,
  };
}

const halfLog = (variance: number, least: number): number => 0.5 * Math.log(variance + least);

/** 1, the value and what it is above each knot, then the logarithm of the spread, then the conditions. */
export function termCount({ knots, spread, conditionCount }: TermShape): number {
  return 2 + knots.length + (spread ? 1 : 0) + conditionCount;
}

/** Where the spread's term stands, and where the conditions begin. */
export const spreadAt = ({ knots }: TermShape): number => 2 + knots.length;
export const conditionsAt = (shape: TermShape): number => spreadAt(shape) + (shape.spread ? 1 : 0);

/** @returns [rows, termCount] */
export function termsOf(shape: TermShape, { value, variance, conditions, conditionCount }: Answered): Float64Array {
  const size = termCount(shape);
  const terms = new Float64Array(value.length * size);
  value.forEach((one, row) => {
    const clipped = Math.min(shape.range[1], Math.max(shape.range[0], one));
    terms.set([1, clipped, ...shape.knots.map((knot) => Math.max(0, clipped - knot))], row * size);
    if (shape.spread && variance) terms[row * size + spreadAt(shape)] = halfLog(variance[row]!, shape.spread.least) - shape.spread.middle;
    terms.set(conditions.subarray(row * conditionCount, (row + 1) * conditionCount), row * size + conditionsAt(shape));
  });
  return terms;
}

/** @returns [N, termCount] of [N, 1] values and variances and [N, conditions] */
export function emitTerms(graph: OnnxModel, shape: TermShape, value: Value, variance: Value | null, conditions: Value): Value {
  const clipped = graph.add("Clip", [value, graph.scalar(shape.range[0]), graph.scalar(shape.range[1])]);
  const one = graph.add("Add", [graph.add("Mul", [clipped, graph.scalar(0)]), graph.scalar(1)]);
  const above = shape.knots.map((knot) => graph.add("Relu", [graph.add("Sub", [clipped, graph.scalar(knot)])]));
  const terms = [one, clipped, ...above];
  if (shape.spread && variance) {
    const logarithm = graph.add("Log", [graph.add("Add", [variance, graph.scalar(shape.spread.least)])]);
    const half = graph.add("Mul", [logarithm, graph.scalar(0.5)]);
    terms.push(graph.add("Sub", [half, graph.scalar(shape.spread.middle)]));
  }
  if (shape.conditionCount > 0) terms.push(conditions);
  return graph.add("Concat", terms, { axis: 1 });
}
