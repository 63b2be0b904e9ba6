import { mean } from "../../../src/science/statistics";
import { describePosterior, type Posterior } from "../../bayes/posterior";
import { SAMPLER, type SamplerSettings, samplePosterior } from "../../bayes/sample-posterior";
import { type LeastSquares, leastSquares } from "./least-squares";
import { fitPopulation, type Gaussian, type Prior } from "./population";
import { type Labelled, regressionOf } from "./regression";
import { RelationCoordinates, relationDensity } from "./relation-density";
import type { Term } from "./term";

/** A relation as it predicts: what the posterior says, in moments. */
export interface Relation {
  readonly terms: readonly Term[];
  readonly prior: Prior;
  /** of the true quantities */
  readonly population: Gaussian;
  /** [width] posterior means: the constant, then one a term */
  readonly coefficients: Float64Array;
  /** [width, width] posterior covariance */
  readonly covariance: Float64Array;
  /** posterior mean of the intrinsic scatter's square */
  readonly intrinsicVariance: number;
}

export interface FittedRelation {
  readonly relation: Relation;
  readonly posterior: Posterior;
  /** the same terms by ordinary least squares on what was measured, as if it had no errors */
  readonly withoutErrors: LeastSquares;
}

const SCATTER = "intrinsic scatter";

function covarianceOf(draws: readonly Float64Array[]): Float64Array {
  const centres = draws.map((values) => mean(values));
  return Float64Array.from(
    draws.flatMap((left, row) =>
      draws.map((right, column) => mean(left.map((value, draw) => (value - centres[row]!) * (right[draw]! - centres[column]!)))),
    ),
  );
}

/**
 * Fits a relation with errors on all quantities and on the label, and an intrinsic scatter, by the No-U-Turn sampler.
 *
 * @throws AppError BAD_INPUT if the stars do not determine the terms
 */
export function fitRelation(sample: Labelled, terms: readonly Term[], prior: Prior, settings: SamplerSettings = SAMPLER): FittedRelation {
  const population = fitPopulation(sample);
  const regression = regressionOf(sample, terms, prior, population);
  const start = leastSquares(regression);
  const coordinates = new RelationCoordinates(start, sample.stars);
  const { width } = regression;
  const begin = new Float64Array(width + 1);
  const chains = samplePosterior(relationDensity(regression, coordinates), begin, new Float64Array(width + 1).fill(1), settings);
  const names = ["constant", ...terms.map(({ name }) => name), SCATTER];
  const posterior = describePosterior(chains, names, (position) => coordinates.report(position));
  const draws = posterior.draws.slice(0, width);
  return {
    relation: {
      terms,
      prior,
      population,
      coefficients: Float64Array.from(draws, (values) => mean(values)),
      covariance: covarianceOf(draws),
      intrinsicVariance: mean(posterior.draws[width]!.map((value) => value * value)),
    },
    posterior,
    withoutErrors: leastSquares(regressionOf({ ...sample, error: sample.error.map(() => 0) }, terms, prior, population)),
  };
}
