import type { Relation } from "./fit-relation";
import { knownValues, type Measurements, rowOf } from "./population";
import { designRow, termCovariance } from "./regression";

/** A label of each star, with its error, in the label's unit. */
export interface RelationPrediction {
  /** [stars] */
  readonly value: Float64Array;
  /** [stars] of what the measurements leave open and of the coefficients: what is known to differ from star to star */
  readonly spread: Float64Array;
  /** [stars] standard deviation of the posterior predictive: of the spread and the intrinsic scatter */
  readonly error: Float64Array;
}

/** @returns vᵀ M v */
function quadratic(matrix: Float64Array, vector: Float64Array): number {
  const size = vector.length;
  let sum = 0;
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) sum += vector[row]! * matrix[row * size + column]! * vector[column]!;
  return sum;
}

/** Predicts stars by a relation. */
export function predictRelation(relation: Relation, { stars, quantities, observed, error }: Measurements): RelationPrediction {
  const { terms, prior, population, coefficients, covariance, intrinsicVariance } = relation;
  const value = new Float64Array(stars);
  const spread = new Float64Array(stars);
  for (let star = 0; star < stars; star++) {
    const known = knownValues(prior, population, rowOf(observed, star, quantities), rowOf(error, star, quantities));
    const row = designRow(terms, known);
    value[star] = row.reduce((sum, term, at) => sum + term * coefficients[at]!, 0);
    spread[star] = Math.sqrt(quadratic(termCovariance(terms, known), coefficients) + quadratic(covariance, row));
  }
  return { value, spread, error: spread.map((one) => Math.sqrt(one * one + intrinsicVariance)) };
}
