import { gatherRows } from "../datasets/gather-rows";
import type { FitTask } from "../fit/family";
import type { BoostSample } from "./booster";

/** @returns the rows of a task as XGBoost takes them: raw inputs, and the label as `labelOf` has it */
export function boostSample(
  { raw, columns, weights }: FitTask<unknown>,
  rows: Int32Array,
  labelOf: (row: number) => number = () => 0,
): BoostSample {
  return {
    inputs: gatherRows(raw, columns, rows),
    columns,
    base: null,
    label: Float32Array.from(rows, labelOf),
    weights: weights === null ? null : Float32Array.from(rows, (row) => weights[row]!),
  };
}

/** @returns the label of a row: a value of order one, or the index of its class */
export const labelOf =
  ({ target }: FitTask<unknown>) =>
  (row: number): number =>
    target.values[row]!;
