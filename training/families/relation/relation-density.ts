import type { LogDensity } from "../../bayes/log-density";
import type { LeastSquares } from "./least-squares";
import type { Regression } from "./regression";

/** [dex] where half of the intrinsic scatter's prior lies below: photometric metallicities scatter by 0.1 to 0.3. */
const SCATTER_PRIOR = 0.3;

/**
 * Sampled coordinates: distances from least squares in units of its errors, uncorrelated, of the coefficients and of the
 * logarithm of the intrinsic scatter. On them the posterior is about a standard Gaussian, and trajectories are short.
 */
export class RelationCoordinates {
  /** standard error of the logarithm of a standard deviation */
  readonly logUnit: number;

  constructor(
    private readonly centre: LeastSquares,
    stars: number,
  ) {
    this.logUnit = 1 / Math.sqrt(2 * stars);
  }

  /** @param position [width + 1] @returns [width + 1] the coefficients and the intrinsic scatter [label's unit] */
  report(position: Float64Array): Float64Array {
    const { coefficients, precision, scatter } = this.centre;
    const width = coefficients.length;
    const reported = new Float64Array(width + 1);
    for (let row = width - 1; row >= 0; row--) {
      let sum = position[row]!;
      for (let below = row + 1; below < width; below++) sum -= precision[below * width + row]! * reported[below]!;
      reported[row] = sum / precision[row * width + row]!;
    }
    for (let row = 0; row < width; row++) reported[row]! += coefficients[row]!;
    reported[width] = scatter * Math.exp(this.logUnit * position[width]!);
    return reported;
  }

  /** @param slopes [width] derivatives by the coefficients @returns those by the coordinates, in place */
  pullBack(slopes: Float64Array): Float64Array {
    const { precision } = this.centre;
    const width = slopes.length;
    for (let row = 0; row < width; row++) {
      for (let left = 0; left < row; left++) slopes[row]! -= precision[row * width + left]! * slopes[left]!;
      slopes[row]! /= precision[row * width + row]!;
    }
    return slopes;
  }
}

/**
 * Adds one star's log likelihood.
 *
 * @param slopes [width + 1] gains its derivatives by the coefficients and by the scatter's square
 * @param along [width] is overwritten: the star's spread times the coefficients
 */
function starLikelihood(regression: Regression, star: number, parameters: Float64Array, slopes: Float64Array, along: Float64Array): number {
  const { width, design, spread, label, labelError } = regression;
  const scatter = parameters[width];
  let residual = label[star]!;
  let variance = scatter! * scatter! + labelError[star]! * labelError[star]!;
  for (let i = 0; i < width; i++) {
    residual -= design[star * width + i]! * parameters[i]!;
    let sum = 0;
    for (let j = 1; j < width; j++) sum += spread[(star * width + i) * width + j]! * parameters[j]!;
    along[i] = sum;
    variance += sum * parameters[i]!;
  }
  const pull = residual! / variance;
  const widening = pull * pull - 1 / variance;
  for (let i = 0; i < width; i++) slopes[i]! += pull * design[star * width + i]! + widening * along[i]!;
  slopes[width]! += 0.5 * widening;
  return -0.5 * (Math.log(variance) + residual! * pull);
}

/**
 * The posterior of a relation's coefficients and intrinsic scatter: uniform priors on the coefficients, a half-Cauchy
 * on the scatter (Gelman 2006, Bayesian Analysis 1, 515).
 */
export function relationDensity(regression: Regression, coordinates: RelationCoordinates): LogDensity {
  const { stars, width } = regression;
  const along = new Float64Array(width);
  return (position, gradient) => {
    const parameters = coordinates.report(position);
    const slopes = new Float64Array(width + 1);
    let log = 0;
    for (let star = 0; star < stars; star++) log += starLikelihood(regression, star, parameters, slopes, along);
    const relative = (parameters[width]! / SCATTER_PRIOR) ** 2;
    gradient.set(coordinates.pullBack(slopes.slice(0, width)));
    // Its coordinate's density gains a factor of the scatter, for it is uniform in the scatter that the prior is stated.
    const byLog = 2 * parameters[width]! ** 2 * slopes[width]! + 1 - (2 * relative) / (1 + relative);
    gradient[width] = coordinates.logUnit * byLog;
    return log - Math.log1p(relative) + coordinates.logUnit * position[width]!;
  };
}
