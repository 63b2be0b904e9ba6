/** Several quantities of several stars, row by row. */
export interface Measurements {
  readonly stars: number;
  readonly quantities: number;
  /** [stars, quantities]; NaN if it was not measured */
  readonly observed: Float64Array;
  /** [stars, quantities] standard errors; 0 of a quantity that is known exactly */
  readonly error: Float64Array;
}

/** A Gaussian: what is known of a star's true quantities, before it was measured or after. */
export interface Gaussian {
  /** [quantities] */
  readonly mean: Float64Array;
  /** [quantities, quantities] */
  readonly covariance: Float64Array;
}

export const rowOf = (values: Float64Array, star: number, width: number): Float64Array => values.subarray(star * width, (star + 1) * width);

/**
 * What a star's measurements leave to be known of its true quantities, as one of a population: a precise one replaces
 * the population's, a poor one is drawn towards what the others make likely, and one that is missing is inferred
 * from them. One quantity after the other (a Kalman filter's update), so that nothing has to be inverted.
 *
 * @param observed [quantities] NaN if missing
 * @param error [quantities] standard errors, independent of each other
 */
export function trueValues({ mean, covariance }: Gaussian, observed: Float64Array, error: Float64Array): Gaussian {
  const size = mean.length;
  const centre = Float64Array.from(mean);
  const spread = Float64Array.from(covariance);
  const column = new Float64Array(size);
  for (let at = 0; at < size; at++) {
    const surprise = observed[at]! - centre[at]!;
    const variance = spread[at * size + at]! + error[at]! ** 2;
    if (Number.isNaN(surprise) || !(variance > 0)) continue;
    for (let row = 0; row < size; row++) column[row] = spread[row * size + at]!;
    for (let row = 0; row < size; row++) {
      const gain = column[row]! / variance;
      centre[row]! += gain * surprise;
      for (let other = 0; other < size; other++) spread[row * size + other]! -= gain * column[other]!;
    }
  }
  return { mean: centre, covariance: spread };
}

/**
 * What is held likely of a star's true quantities before they are measured: that it is one of the population, or
 * nothing at all. Calibrators are picked, not drawn: they need not be a population.
 */
export type Prior = "population" | "uniform";

/**
 * As `trueValues`, by either prior. A uniform one leaves every measurement where it is, with its error; the
 * population then only fills in what is missing.
 */
export function knownValues(prior: Prior, population: Gaussian, observed: Float64Array, error: Float64Array): Gaussian {
  if (prior === "population") return trueValues(population, observed, error);
  const size = observed.length;
  const { mean, covariance } = trueValues(population, observed, new Float64Array(size));
  for (let at = 0; at < size; at++) if (!Number.isNaN(observed[at])) covariance[at * size + at]! += error[at]! ** 2;
  return { mean, covariance };
}

/** Most rounds of expectation and maximisation; the RR Lyrae sets settle in fewer than forty. */
const ROUNDS = 200;
/** Of a quantity's standard deviation: means that move by less have settled. */
const SETTLED = 1e-5;

/** Mean and variance of what was measured, quantity by quantity, as a start. */
function start({ stars, quantities, observed }: Measurements): Gaussian {
  const mean = new Float64Array(quantities);
  const covariance = new Float64Array(quantities * quantities);
  for (let at = 0; at < quantities; at++) {
    const values = Float64Array.from({ length: stars }, (_, star) => observed[star * quantities + at]!).filter(
      (value) => !Number.isNaN(value),
    );
    mean[at] = values.reduce((sum, value) => sum + value, 0) / values.length;
    covariance[at * quantities + at] = values.reduce((sum, value) => sum + (value - mean[at]!) ** 2, 0) / values.length;
  }
  return { mean, covariance };
}

/** The moments that make what is known of all stars most likely: of their means, and the mean of what each leaves open. */
function renewed(population: Gaussian, { stars, quantities: size, observed, error }: Measurements): Gaussian {
  const mean = new Float64Array(size);
  const covariance = new Float64Array(size * size);
  for (let star = 0; star < stars; star++) {
    const known = trueValues(population, rowOf(observed, star, size), rowOf(error, star, size));
    for (let row = 0; row < size; row++) {
      const left = known.mean[row]! - population.mean[row]!;
      mean[row]! += left / stars;
      for (let column = 0; column < size; column++)
        covariance[row * size + column]! +=
          (known.covariance[row * size + column]! + left * (known.mean[column]! - population.mean[column]!)) / stars;
    }
  }
  // Both were summed about the old mean.
  return {
    mean: mean.map((shift, row) => population.mean[row]! + shift),
    covariance: covariance.map((value, at) => value - mean[Math.floor(at / size)]! * mean[at % size]!),
  };
}

function hasSettled(before: Gaussian, after: Gaussian): boolean {
  const size = before.mean.length;
  return after.mean.every((value, at) => {
    const variance = after.covariance[at * size + at];
    const moved = Math.abs(value - before.mean[at]!) + Math.abs(variance! - before.covariance[at * size + at]!) / Math.sqrt(variance || 1);
    return moved <= SETTLED * Math.sqrt(variance!);
  });
}

/**
 * The Gaussian that the true quantities of a sample are drawn from, their errors taken out: extreme deconvolution with
 * one component (Bovy, Hogg & Roweis 2011, Annals of Applied Statistics 5, 1657).
 */
export function fitPopulation(measurements: Measurements): Gaussian {
  let population = start(measurements);
  for (let round = 0; round < ROUNDS; round++) {
    const next = renewed(population, measurements);
    if (hasSettled(population, next)) return next;
    population = next;
  }
  return population;
}
