/** Numbers that a statistic is taken of; none may be NaN. An empty list has no statistic: NaN. */
export type Sample = ArrayLike<number> & Iterable<number>;

/** Fraction of a Gaussian within one standard deviation of its mean: what a stated error is to cover. */
export const ONE_SIGMA = 0.6827;

export function mean(sample: Sample): number {
  let sum = 0;
  for (const value of sample) sum += value;
  return sum / sample.length;
}

/** Standard deviation about the mean, of the sample itself (divided by n, not n - 1). */
export function standardDeviation(sample: Sample): number {
  const centre = mean(sample);
  let sum = 0;
  for (const value of sample) sum += (value - centre) ** 2;
  return Math.sqrt(sum / sample.length);
}

/** Square root of the mean square. */
export function rootMeanSquare(sample: Sample): number {
  let sum = 0;
  for (const value of sample) sum += value * value;
  return Math.sqrt(sum / sample.length);
}

/**
 * The value below which a fraction of the sample lies, linear between order statistics (type 7 of Hyndman & Fan
 * 1996, as numpy.quantile).
 *
 * @param fraction 0 to 1
 */
export function quantile(sample: Sample, fraction: number): number {
  const sorted = Float64Array.from(sample).sort();
  const position = fraction * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.ceil(position);
  return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!);
}

export function median(sample: Sample): number {
  return sample.length === 0 ? Number.NaN : quantile(sample, 0.5);
}
