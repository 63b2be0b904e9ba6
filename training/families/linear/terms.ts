import type { OnnxModel, Value } from "../../onnx/onnx-model";

/** The terms of a relation: 1, the prepared inputs, and products of some of their values. */
export interface Terms {
  /** values; behind them are as many NaN flags */
  readonly columns: number;
  /** columns whose values are multiplied: the first of each pair, and the second */
  readonly first: readonly number[];
  readonly second: readonly number[];
}

/** So many products that the sums over them still take seconds. */
const MOST_PRODUCTS = 700;

/** @returns the inputs alone, or with all products of two; with squares alone where those would be too many */
export function termsFor(columns: number, wanted: "linear" | "quadratic"): Terms {
  const all = Array.from({ length: columns }, (_, i) => i);
  if (wanted === "linear") return { columns, first: [], second: [] };
  if ((columns * (columns + 1)) / 2 > MOST_PRODUCTS) return { columns, first: all, second: all };
  const pairs = all.flatMap((i) => all.slice(i).map((j) => [i, j] as const));
  return { columns, first: pairs.map(([i]) => i), second: pairs.map(([, j]) => j) };
}

export const termCount = ({ columns, first }: Terms): number => 1 + 2 * columns + first.length;

/** Writes the terms of one row of prepared inputs [2 columns] into `out` [termCount]. */
export function fillTerms({ first, second }: Terms, prepared: Float32Array, out: Float64Array): void {
  out[0] = 1;
  out.set(prepared, 1);
  for (let at = 0; at < first.length; at++) out[1 + prepared.length + at] = prepared[first[at]!]! * prepared[second[at]!]!;
}

/** @param prepared [N, 2 columns] @returns [N, termCount] */
export function emitLinearTerms(graph: OnnxModel, { first, second }: Terms, prepared: Value): Value {
  const one = graph.add("Add", [graph.add("Mul", [gather(graph, prepared, [0]), graph.scalar(0)]), graph.scalar(1)]);
  if (first.length === 0) return graph.add("Concat", [one, prepared], { axis: 1 });
  const products = graph.add("Mul", [gather(graph, prepared, first), gather(graph, prepared, second)]);
  return graph.add("Concat", [one, prepared, products], { axis: 1 });
}

function gather(graph: OnnxModel, from: Value, columns: readonly number[]): Value {
  const indices = graph.constant([columns.length], BigInt64Array.from(columns, BigInt));
  return graph.add("Gather", [from, indices], { axis: 1 });
}
