import type { OnnxModel, Value } from "../onnx/onnx-model";
import type { Answered } from "./error-terms";

/** Which conditions hold together: [conditions] 1, 0, or null for one that is no yes or no and does not count. */
export type Pattern = readonly (0 | 1 | null)[];

/** Of what fewer rows have, an error of its own cannot be told. */
const LEAST_ROWS = 30;

/** Conditions that either hold or do not. */
function flagColumns({ conditions, conditionCount }: Answered): boolean[] {
  const isFlag = new Array<boolean>(conditionCount).fill(true);
  conditions.forEach((value, at) => {
    if (value !== 0 && value !== 1) isFlag[at % conditionCount] = false;
  });
  return isFlag;
}

/** @returns for each row, which conditions hold */
export function patternsOfRows(answered: Answered): Pattern[] {
  const { conditions, conditionCount, value } = answered;
  const isFlag = flagColumns(answered);
  return Array.from(value, (_, row) => isFlag.map((flag, column) => (flag ? (conditions[row * conditionCount + column] as 0 | 1) : null)));
}

/** @returns the patterns that some rows have and others have not, but for the one in which nothing holds */
export function frequentPatterns(answered: Answered): Pattern[] {
  const counts = new Map<string, { readonly pattern: Pattern; count: number }>();
  for (const pattern of patternsOfRows(answered)) {
    const known = counts.get(pattern.join());
    if (known) known.count++;
    else counts.set(pattern.join(), { pattern, count: 1 });
  }
  const all = [...counts.values()];
  return all.filter(({ pattern, count }) => pattern.includes(1) && count >= LEAST_ROWS).map(({ pattern }) => pattern);
}

/** @param conditions of one row */
export const holds = (pattern: Pattern, conditions: ArrayLike<number>): boolean =>
  pattern.every((wanted, column) => wanted === null || conditions[column] === wanted);

/** @param conditions [N, conditions] @returns [N, patterns] 1 where a pattern holds, else 0 */
export function emitPatterns(graph: OnnxModel, patterns: readonly Pattern[], conditions: Value): Value {
  const columns = patterns[0]!.length;
  const slopes = new Float32Array(columns * patterns.length);
  for (const [index, pattern] of patterns.entries())
    for (const [column, wanted] of pattern.entries()) slopes[column * patterns.length + index] = wanted === null ? 0 : 1 - 2 * wanted;
  const wanted = Float32Array.from(patterns, (pattern) => pattern.reduce<number>((sum, one) => sum + (one ?? 0), 0));
  // In how many conditions a row differs from each pattern.
  const distance = graph.add("Add", [
    graph.add("MatMul", [conditions, graph.constant([columns, patterns.length], slopes)]),
    graph.constant([patterns.length], wanted),
  ]);
  return graph.add("Relu", [graph.add("Sub", [graph.scalar(1), distance])]);
}
