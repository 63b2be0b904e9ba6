import { type Gaussian, knownValues, type Measurements, type Prior, rowOf } from "./population";
import { expectation, slope, type Term } from "./term";

/** The labels of a sample, beside its measurements. */
export interface Labelled extends Measurements {
  /** [stars] */
  readonly label: Float64Array;
  /** [stars] standard errors */
  readonly labelError: Float64Array;
}

/** What a relation's likelihood is computed from: the true quantities are integrated out already. */
export interface Regression {
  readonly stars: number;
  /** 1 for the constant, and one a term */
  readonly width: number;
  /** [stars, width] expectations: 1, then the terms */
  readonly design: Float64Array;
  /** [stars, width, width] covariance of the terms, of what the measurements leave open; 0 for the constant */
  readonly spread: Float64Array;
  readonly label: Float64Array;
  readonly labelError: Float64Array;
}

/** @returns 1, then the expectation of each term: [width] */
export function designRow(terms: readonly Term[], known: Gaussian): Float64Array {
  return Float64Array.from([1, ...terms.map((term) => expectation(term, known))]);
}

/** @returns the covariance of the terms to first order: [width, width] */
export function termCovariance(terms: readonly Term[], { mean, covariance }: Gaussian): Float64Array {
  const size = mean.length;
  const width = terms.length + 1;
  const slopes = terms.map((term) => Float64Array.from({ length: size }, (_, quantity) => slope(term, mean, quantity)));
  const spread = new Float64Array(width * width);
  slopes.forEach((left, row) => {
    slopes.forEach((right, column) => {
      let sum = 0;
      for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) sum += left[a]! * covariance[a * size + b]! * right[b]!;
      spread[(row + 1) * width + column + 1] = sum;
    });
  });
  return spread;
}

/**
 * Integrates the true quantities out of a relation: a star's label is Gaussian about the relation at what its
 * measurements make likely, and what they leave open adds to its variance (Kelly 2007, ApJ 665, 1489, with one
 * component). With the population as prior, slopes are neither diluted by the errors nor inflated.
 */
export function regressionOf(sample: Labelled, terms: readonly Term[], prior: Prior, population: Gaussian): Regression {
  const { stars, quantities, observed, error, label, labelError } = sample;
  const width = terms.length + 1;
  const design = new Float64Array(stars * width);
  const spread = new Float64Array(stars * width * width);
  for (let star = 0; star < stars; star++) {
    const known = knownValues(prior, population, rowOf(observed, star, quantities), rowOf(error, star, quantities));
    design.set(designRow(terms, known), star * width);
    spread.set(termCovariance(terms, known), star * width * width);
  }
  return { stars, width, design, spread, label, labelError };
}
