import {
  COUNT_COLUMN,
  magColumn,
  PERIOD_COLUMN,
  type SequenceLayout,
  timeColumn,
} from "../../../../src/features/light-curve/sequence/sequence-inputs";
import type { GraphInputs } from "../../../fit/family";
import { INT32, type OnnxModel, type Value } from "../../../onnx/onnx-model";

/** A batch of padded sequences in a graph. */
export interface SequenceValues {
  /** [N, T, channels] each point's time, magnitude and period of order one, then sines and cosines of its phase */
  readonly points: Value;
  /** [N, 1] float32: how many points each star has, 1 to T */
  readonly count: Value;
  /** [N] int32: the same */
  readonly lengths: Value;
  /** T */
  readonly size: number;
}

const integers = (...values: number[]) => BigInt64Array.from(values, BigInt);

/** @returns columns [from, to) of a value [N, columns] */
function slice(graph: OnnxModel, value: Value, from: number, to: number): Value {
  const [start, end, axis] = [from, to, 1].map((one) => graph.constant([1], integers(one)));
  return graph.add("Slice", [value, start!, end!, axis!]);
}

/** A count that is missing or impossible becomes one that is possible: the runtime would refuse the whole batch for it. */
function possibleCount(graph: OnnxModel, raw: Value, { points }: SequenceLayout): Value {
  const count = slice(graph, raw, COUNT_COLUMN, COUNT_COLUMN + 1);
  const known = graph.add("Where", [graph.add("IsNaN", [count]), graph.scalar(1), count]);
  return graph.add("Clip", [known, graph.scalar(1), graph.scalar(points)]);
}

/** [N, T] each: sine and cosine of the phase and its multiples. */
function waves(graph: OnnxModel, raw: Value, { points: size }: SequenceLayout, harmonics: number): Value[] {
  const time = slice(graph, raw, timeColumn(0), timeColumn(0) + size);
  const phase = graph.add("Div", [time, slice(graph, raw, PERIOD_COLUMN, PERIOD_COLUMN + 1)]);
  return Array.from({ length: harmonics }, (_, index) => {
    const angle = graph.add("Mul", [phase, graph.scalar(2 * Math.PI * (index + 1))]);
    return [graph.add("Sin", [angle]), graph.add("Cos", [angle])];
  }).flat();
}

/** Turns flat rows of a sequence layout into sequences. */
export function sequencesOf(graph: OnnxModel, { raw, prepared }: GraphInputs, layout: SequenceLayout, harmonics: number): SequenceValues {
  const { points: size } = layout;
  const part = (column: number) => slice(graph, prepared, column, column + size);
  const period = graph.add("Tile", [slice(graph, prepared, PERIOD_COLUMN, PERIOD_COLUMN + 1), graph.constant([2], integers(1, size))]);
  const channels = [part(timeColumn(0)), part(magColumn(layout, 0)), period, ...waves(graph, raw, layout, harmonics)];
  const last = graph.constant([1], integers(2));
  const points = graph.add(
    "Concat",
    channels.map((channel) => graph.add("Unsqueeze", [channel, last])),
    { axis: 2 },
  );
  const count = possibleCount(graph, raw, layout);
  const lengths = graph.add("Reshape", [graph.add("Cast", [count], { to: INT32 }), graph.constant([1], integers(-1))]);
  return { points, count, lengths, size };
}
