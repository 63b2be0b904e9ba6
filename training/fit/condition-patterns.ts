import { gatherRows } from "../datasets/gather-rows";
import type { OnnxModel, Value } from "../onnx/onnx-model";

/** What the error of rows may depend on. */
export interface Conditions {
  /** [rows, conditions] */
  readonly conditions: Float32Array;
  readonly conditionCount: number;
}

/** Which conditions hold together: [conditions] 1, 0, or null for one that is no yes or no and does not count. */
type Pattern = readonly (0 | 1 | null)[];

/** Of what fewer rows have, an error of its own cannot be told. */
const LEAST_ROWS = 30;

/** Conditions that either hold or do not. */
function flagColumns({ conditions, conditionCount }: Conditions): boolean[] {
  const isFlag = new Array<boolean>(conditionCount).fill(true);
  conditions.forEach((value, at) => {
    if (value !== 0 && value !== 1) isFlag[at % conditionCount] = false;
  });
  return isFlag;
}

/** @returns for each row, which conditions hold */
export function patternsOfRows(known: Conditions, rows: number): Pattern[] {
  const isFlag = flagColumns(known);
  const { conditions, conditionCount } = known;
  return Array.from({ length: rows }, (_, row) =>
    isFlag.map((flag, column) => (flag ? (conditions[row * conditionCount + column] as 0 | 1) : null)),
  );
}

const heldOf = (pattern: Pattern): number => pattern.reduce<number>((sum, one) => sum + (one ?? 0), 0);

/** @returns the patterns that enough rows have, of one condition alone too: most rows that lack one thing lack others besides */
function frequentPatterns(known: Conditions, rows: number): Pattern[] {
  const counts = new Map<string, { readonly pattern: Pattern; count: number }>();
  for (const pattern of patternsOfRows(known, rows)) {
    const found = counts.get(pattern.join()) ?? { pattern, count: 0 };
    counts.set(pattern.join(), found);
    found.count++;
  }
  const frequent = [...counts.values()].filter(({ pattern, count }) => heldOf(pattern) > 0 && count >= LEAST_ROWS);
  return frequent.map(({ pattern }) => pattern);
}

/** Adds one condition for each pattern: what two gaps cost together is not the sum of what each costs. */
function withPatterns({ conditions, conditionCount }: Conditions, patterns: readonly Pattern[], rows: number): Conditions {
  const count = conditionCount + patterns.length;
  const joined = new Float32Array(rows * count);
  for (let row = 0; row < rows; row++) {
    const own = conditions.subarray(row * conditionCount, (row + 1) * conditionCount);
    const holds = (pattern: Pattern) => pattern.every((wanted, column) => wanted === null || own[column] === wanted);
    joined.set([...own, ...patterns.map((pattern) => Number(holds(pattern)))], row * count);
  }
  return { conditions: joined, conditionCount: count };
}

/** The same in a graph. @param conditions [N, conditions] @returns [N, conditions + patterns] */
function emitWithPatterns(graph: OnnxModel, patterns: readonly Pattern[], conditions: Value): Value {
  if (patterns.length === 0) return conditions;
  const columns = patterns[0]!.length;
  const slopes = new Float32Array(columns * patterns.length);
  for (const [index, pattern] of patterns.entries())
    for (const [column, wanted] of pattern.entries()) slopes[column * patterns.length + index] = wanted === null ? 0 : 1 - 2 * wanted;
  // In how many conditions a row differs from each pattern.
  const distance = graph.add("Add", [
    graph.add("MatMul", [conditions, graph.constant([columns, patterns.length], slopes)]),
    graph.constant([patterns.length], Float32Array.from(patterns, heldOf)),
  ]);
  return graph.add("Concat", [conditions, graph.add("Relu", [graph.add("Sub", [graph.scalar(1), distance])])], { axis: 1 });
}

/** Conditions of rows, those of their patterns among them. */
export interface RowConditions extends Conditions {
  /** Adds the same to a graph. */
  emit(graph: OnnxModel, conditions: Value): Value;
}

/** @param sample conditions of all rows, of which `rows` are taken */
export function conditionsOfRows(
  { conditions, conditionNames }: { readonly conditions: Float32Array; readonly conditionNames: readonly string[] },
  rows: Int32Array,
): RowConditions {
  const own = { conditions: gatherRows(conditions, conditionNames.length, rows), conditionCount: conditionNames.length };
  const patterns = frequentPatterns(own, rows.length);
  return { ...withPatterns(own, patterns, rows.length), emit: (graph, values) => emitWithPatterns(graph, patterns, values) };
}
