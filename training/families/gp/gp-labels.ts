import type { FitTask } from "../../fit/family";

/** A label that lies farther out is a mistake, or as good as one. */
const REACH = 6;

/** What each output learns: the quantity, or for each class 1 where a star is of it and -1 where it is not. [outputs][stars] */
export function labelsOf({ target }: Pick<FitTask<unknown>, "target">, rows: Int32Array): Float64Array[] {
  if (target.kind === "quantity") return [Float64Array.from(rows, (row) => Math.max(-REACH, Math.min(REACH, target.values[row]!)))];
  return Array.from({ length: target.classes }, (_, index) => Float64Array.from(rows, (row) => (target.values[row] === index ? 1 : -1)));
}
