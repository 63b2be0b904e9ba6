import type { OnnxModel, Value } from "../onnx/onnx-model";

/** Something that was learned for stars that lack a set of inputs. */
export interface LearnedGap {
  /** [columns] 1 where the input is missing */
  readonly gap: Uint8Array;
  /** [columns] whether some of the stars that it learned from lacked the input of their own accord */
  readonly sometimes: readonly boolean[];
}

/**
 * How bad it is that a star lacks an input that what was learned makes use of: it has seen stars without it, or it has not.
 * An input that the star has and that is left out costs 1.
 */
const [FILLED, FILLED_BLINDLY] = [1.5, 20];
/** What fewer of the training stars lack is not learned. */
const LEAST_MISSING = 0.003;

const sizeOf = (gap: Uint8Array): number => gap.reduce((sum, one) => sum + one, 0);

/** Gaps to learn: first the one in which least is missing, then the most frequent. */
export function gapsToLearn(gaps: readonly Uint8Array[], columns: number, most: number): Uint8Array[] {
  const known = gaps.length > 0 ? [...gaps] : [new Uint8Array(columns)];
  const least = known.reduce((best, gap) => (sizeOf(gap) < sizeOf(best) ? gap : best));
  return [least, ...known.filter((gap) => gap !== least)].slice(0, most);
}

/** @param prepared [rows, 2 columns] @returns [columns] whether some of the rows, and not all, lack each input */
export function sometimesMissing(prepared: Float32Array, columns: number, rows: Int32Array): boolean[] {
  return Array.from({ length: columns }, (_, column) => {
    const share = rows.reduce((sum, row) => sum + prepared[2 * columns * row + columns + column]!, 0) / rows.length;
    return share > LEAST_MISSING && share < 1 - LEAST_MISSING;
  });
}

/** @param missing [N, columns] 1 where a star lacks the input @returns int64 [N] what was learned for a gap that fits best */
export function emitGapChoice(graph: OnnxModel, missing: Value, learned: readonly LearnedGap[]): Value {
  const [columns, count] = [learned[0]!.gap.length, learned.length];
  const costs = Float32Array.from({ length: columns * count }, (_, at) => {
    const [column, { gap, sometimes }] = [Math.floor(at / count), learned[at % count]!];
    // Where the star lacks an input of the gap, too, the cost of leaving it out is taken back.
    if (gap[column]) return -1;
    return sometimes[column] ? FILLED : FILLED_BLINDLY;
  });
  const leftOut = Float32Array.from(learned, ({ gap }) => sizeOf(gap));
  const filled = graph.add("MatMul", [missing, graph.constant([columns, count], costs)]);
  return graph.add("ArgMin", [graph.add("Add", [filled, graph.constant([count], leftOut)])], { axis: 1, keepdims: 0 });
}
