import { quantile } from "../../src/science/statistics";
import type { Normalisation } from "./scales";

/** 16th and 84th percentile: one sigma each way of a Gaussian, and deaf to outliers. */
const SIGMA_PERCENTILES = [0.1587, 0.8413] as const;

/** Inputs are cut at so many times half their central 68%: of a Gaussian, 6 stars in 100,000 lie beyond. */
export const REACH = 4;

/** The values of one column for the given rows, without those missing. */
export function column(inputs: Float32Array, columns: number, index: number, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => inputs[row * columns + index]!).filter((value) => !Number.isNaN(value));
}

/**
 * Median and half the central 68% of each input over the training rows. An input that none of them has, or that is
 * the same in all, gets a scale of 1.
 */
export function normalisationOf(inputs: Float32Array, columns: number, rows: Int32Array, reach: number): Normalisation {
  const statistics = Array.from({ length: columns }, (_, index) => {
    const values = column(inputs, columns, index, rows);
    if (values.length === 0) return { mean: 0, scale: 1 };
    const [low, middle, high] = [SIGMA_PERCENTILES[0], 0.5, SIGMA_PERCENTILES[1]].map((fraction) => quantile(values, fraction));
    return { mean: Math.fround(middle!), scale: high! > low! ? Math.fround((high! - low!) / 2) : 1 };
  });
  return { mean: statistics.map(({ mean }) => mean), scale: statistics.map(({ scale }) => scale), reach };
}

/** @returns [rows, 2 columns]: the values, of order one and within the reach, 0 if missing; then the NaN flags */
export function normalise(inputs: Float32Array, { mean, scale, reach = Number.POSITIVE_INFINITY }: Normalisation): Float32Array {
  const columns = mean.length;
  const rows = inputs.length / columns;
  const normalised = new Float32Array(new SharedArrayBuffer(4 * rows * 2 * columns));
  for (let row = 0; row < rows; row++) {
    for (let index = 0; index < columns; index++) {
      const value = inputs[row * columns + index];
      const at = row * 2 * columns + index;
      if (Number.isNaN(value)) normalised[at + columns] = 1;
      else normalised[at] = Math.max(-reach, Math.min(reach, (value! - mean[index]!) / scale[index]!));
    }
  }
  return normalised;
}
