import { mean, standardDeviation } from "../../src/science/statistics";
import type { LabelScale } from "./scales";

/** Mean and scatter of a label over the rows, so that it is of order one to what learns it. */
export function scaleOf(name: string, reference: Float64Array, rows: Int32Array): LabelScale {
  const values = Float64Array.from(rows, (row) => reference[row]!);
  return { name, mean: Math.fround(mean(values)), scale: Math.fround(standardDeviation(values) || 1) };
}
