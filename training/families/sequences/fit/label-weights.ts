import { standardDeviation } from "../../../../src/science/statistics";

/** Of the densest label's density: rarer labels count no more than these, or single stars would lead the fit. */
const RAREST = 0.1;

/**
 * How much each star counts: its label's density to a negative power, so that the few metal-rich and metal-poor stars
 * are not drowned by the many between. A power of 1 is what Dékány & Grebel 2022 and Monti et al. 2024 use (1 / KDE);
 * smaller powers give up less on the many.
 *
 * @param labels [stars]
 * @returns [stars] 1 on average
 */
export function labelWeights(labels: Float64Array, power: number): Float32Array {
  // Silverman's (1986) bandwidth of a Gaussian kernel.
  const bandwidth = 1.06 * standardDeviation(labels) * labels.length ** -0.2;
  const density = labels.map((label) => labels.reduce((sum, other) => sum + Math.exp(-(((label - other) / bandwidth) ** 2) / 2), 0));
  const densest = density.reduce((a, b) => Math.max(a, b));
  const weights = density.map((one) => Math.max(one / densest, RAREST) ** -power);
  const average = weights.reduce((sum, one) => sum + one, 0) / weights.length;
  return Float32Array.from(weights, (one) => one / average);
}
