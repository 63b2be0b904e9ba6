import { Random } from "../../../src/science/random";
import { FLOAT32, type OnnxModel, type Value } from "../../onnx/onnx-model";
import type { ColumnGroup } from "../column-groups";

/** @returns [rows, groups] 1 where all of a group's columns are missing, else 0: what stated errors may depend on */
export function conditionsOf(raw: Float32Array, width: number, groups: readonly ColumnGroup[]): Float32Array {
  const rows = raw.length / width;
  const conditions = new Float32Array(rows * groups.length);
  for (let row = 0; row < rows; row++)
    for (const [index, group] of groups.entries()) conditions[row * groups.length + index] = has(raw, width, row, group) ? 0 : 1;
  return conditions;
}

/**
 * The same in a graph.
 *
 * @param missing [N, columns] 1 where a raw column is missing
 * @returns [N, groups]
 */
export function emitConditions(graph: OnnxModel, missing: Value, width: number, groups: readonly ColumnGroup[]): Value {
  const shares = new Float32Array(width * groups.length);
  for (const [index, { columns }] of groups.entries())
    for (const column of columns) shares[column * groups.length + index] = 1 / columns.length;
  const share = graph.add("MatMul", [missing, graph.constant([width, groups.length], shares)]);
  // A share of one, but for rounding.
  return graph.add("Cast", [graph.add("Greater", [share, graph.scalar(0.999)])], { to: FLOAT32 });
}

/** Rows to learn from: the stars as they are, then copies of them with groups of columns taken away. */
export interface WithGaps {
  /** [rows, columns] */
  readonly raw: Float32Array;
  /** [rows] the star's row that each row is of */
  readonly of: Int32Array;
  /** [rows] 1 where columns were taken away on purpose */
  readonly isCopy: Uint8Array;
}

/** Streams of random numbers under a study's seed. */
const GAPS_STREAM = 7;

/** Chance that a group is left out of a copy, besides the one that always is. */
const FURTHER = 0.25;

const has = (raw: Float32Array, width: number, row: number, { columns }: ColumnGroup): boolean =>
  columns.some((column) => !Number.isNaN(raw[row * width + column]!));

/** Which groups to leave out of one copy: one of those that the star has, and each other with a chance; never all. */
function groupsToLeaveOut(present: readonly ColumnGroup[], random: Random): ColumnGroup[] {
  const first = Math.floor(random.uniform() * present.length);
  const out = present.filter((_, index) => index === first || random.uniform() < FURTHER);
  return out.length < present.length ? out : [present[first]!];
}

/**
 * Adds copies of stars in which whole groups of raw columns are missing: surveys are sparse, and a model that never saw
 * such a gap answers wrongly and confidently. What a star lacks anyway stays missing in its copies.
 *
 * @param raw [stars, width] NaN where missing
 * @param copies of each star
 */
export function withGaps(raw: Float32Array, width: number, groups: readonly ColumnGroup[], copies: number, seed: number): WithGaps {
  const stars = raw.length / width;
  const random = new Random(seed, GAPS_STREAM);
  const rows: number[] = [];
  const left: ColumnGroup[][] = [];
  for (let copy = 0; copy < copies; copy++)
    for (let star = 0; star < stars; star++) {
      const present = groups.filter((group) => has(raw, width, star, group));
      if (present.length < 2) continue; // what would be left says nothing
      rows.push(star);
      left.push(groupsToLeaveOut(present, random));
    }
  const joined = new Float32Array((stars + rows.length) * width);
  joined.set(raw);
  for (const [index, star] of rows.entries()) {
    const at = (stars + index) * width;
    joined.set(raw.subarray(star * width, (star + 1) * width), at);
    for (const { columns } of left[index]!) for (const column of columns) joined[at + column] = Number.NaN;
  }
  const of = Int32Array.from({ length: stars + rows.length }, (_, row) => (row < stars ? row : rows[row - stars]!));
  return { raw: joined, of, isCopy: Uint8Array.from(of, (_, row) => (row < stars ? 0 : 1)) };
}

/** @returns the rows with one group taken away; the others stay as they are */
export function withoutGroup(raw: Float32Array, width: number, { columns }: ColumnGroup): Float32Array {
  const copy = raw.slice();
  for (let row = 0; row < copy.length; row += width) for (const column of columns) copy[row + column] = Number.NaN;
  return copy;
}
