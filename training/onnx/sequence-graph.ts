import {
  COUNT_COLUMN,
  magColumn,
  PERIOD_COLUMN,
  type SequenceLayout,
  timeColumn,
} from "../../src/features/light-curve/sequence/sequence-inputs";
import { INT32, type OnnxModel, type Value } from "./onnx-model";
import type { PredictionModel } from "./prediction-model";

/** A batch of padded sequences in a graph. */
export interface SequenceValues {
  /** [N, T, 3] time, magnitude and period of each point, of order one */
  readonly points: Value;
  /** [N, 1] float32: how many points each star has, 1 to T */
  readonly count: Value;
  /** [N] int32: the same */
  readonly lengths: Value;
}

const integers = (...values: number[]) => BigInt64Array.from(values, BigInt);

/** @returns columns [from, to) of a value [N, columns] */
function slice(graph: OnnxModel, value: Value, from: number, to: number): Value {
  const [start, end, axis] = [from, to, 1].map((one) => graph.constant([1], integers(one)));
  return graph.add("Slice", [value, start, end, axis]);
}

/** A count that is missing or impossible becomes one that is possible: the runtime would refuse the whole batch for it. */
function possibleCount({ graph, raw }: PredictionModel, { points }: SequenceLayout): Value {
  const count = slice(graph, raw, COUNT_COLUMN, COUNT_COLUMN + 1);
  const known = graph.add("Where", [graph.add("IsNaN", [count]), graph.scalar(1), count]);
  return graph.add("Clip", [known, graph.scalar(1), graph.scalar(points)]);
}

/** Turns flat rows of a sequence layout into sequences. */
export function sequencesOf(model: PredictionModel, layout: SequenceLayout): SequenceValues {
  const { graph, inputs } = model;
  const { points: size } = layout;
  const last = graph.constant([1], integers(2));
  const channel = (column: number) => graph.add("Unsqueeze", [slice(graph, inputs, column, column + size), last]);
  const period = slice(graph, inputs, PERIOD_COLUMN, PERIOD_COLUMN + 1);
  const everywhere = graph.add("Unsqueeze", [graph.add("Tile", [period, graph.constant([2], integers(1, size))]), last]);
  const count = possibleCount(model, layout);
  const lengths = graph.add("Reshape", [graph.add("Cast", [count], { to: INT32 }), graph.constant([1], integers(-1))]);
  const points = graph.add("Concat", [channel(timeColumn(0)), channel(magColumn(layout, 0)), everywhere], { axis: 2 });
  return { points, count, lengths };
}
