import { type AlignedCurve, alignCurve } from "../../../src/features/light-curve/align-curve";
import type { FoldableLightCurve } from "../../../src/features/light-curve/light-curve";
import { choleskyFactor, choleskyInverse, choleskySolve } from "../../../src/science/cholesky";
import { meanShape, type ShapePosterior, type ShapePrior, shapePosterior } from "../../../src/science/light-curve/shape-prior";
import { mean } from "../../../src/science/statistics";

const ITERATIONS = 25;
/** Of each star's scatter, from where the iteration before left it. */
const STAR_ITERATIONS = 3;

/** [mag²] how far the shapes of RR Lyrae are apart before any was seen: about a tenth of a magnitude, less in the higher harmonics. */
const firstVariance = (harmonic: number): number => 0.1 / harmonic ** 2;
/** [mag²] keeps a harmonic that no star shows from having no variance at all. */
const LEAST_VARIANCE = 1e-9;

function firstPrior(curves: readonly AlignedCurve[], order: number): ShapePrior {
  const size = 2 * order;
  const periods = curves.map(({ periodDays }) => periodDays);
  const precision = new Float64Array(size * size);
  for (let i = 0; i < size; i++) precision[i * size + i] = 1 / firstVariance(1 + Math.floor(i / 2));
  const zeros = new Array<number>(size).fill(0);
  return {
    mean: [zeros.with(0, 0.3), zeros, zeros],
    centreDays: mean(periods),
    periodLimits: [Math.min(...periods), Math.max(...periods)],
    precision,
  };
}

/** Least squares of each coefficient on 1, x and x². */
function regress(x: readonly number[], shapes: readonly Float64Array[]): number[][] {
  const powers = x.map((one) => [1, one, one * one]);
  const normal = [0, 1, 2].flatMap((i) => [0, 1, 2].map((j) => powers.reduce((sum, row) => sum + row[i]! * row[j]!, 0)));
  const factor = choleskyFactor(normal, 3)!;
  const size = shapes[0]!.length;
  const columns = Array.from({ length: size }, (_, column) =>
    choleskySolve(
      factor,
      [0, 1, 2].map((i) => powers.reduce((sum, row, star) => sum + row[i]! * shapes[star]![column]!, 0)),
    ),
  );
  return [0, 1, 2].map((power) => columns.map((column) => column[power]!));
}

/** Of the covariance: the mean over the stars of what is unknown of each and of how far it lies from the mean shape. */
function precisionOf(prior: ShapePrior, curves: readonly AlignedCurve[], posteriors: readonly ShapePosterior[]): Float64Array {
  const size = prior.mean[0]!.length;
  const sum = new Float64Array(size * size);
  posteriors.forEach(({ coefficients, covariance }, star) => {
    const centre = meanShape(prior, curves[star]!.periodDays);
    for (let i = 0; i < size; i++) {
      const deviation = coefficients[i + 1]! - centre[i]!;
      for (let j = 0; j < size; j++)
        sum[i * size + j]! += covariance[(i + 1) * (size + 1) + j + 1]! + deviation * (coefficients[j + 1]! - centre[j]!);
    }
  });
  const covariance = sum.map((value, at) => value / posteriors.length + (at % (size + 1) === 0 ? LEAST_VARIANCE : 0));
  return choleskyInverse(choleskyFactor(covariance, size)!, size);
}

/**
 * Finds the distribution of light-curve shapes from many stars observed sparsely, by expectation maximisation: no
 * star's own cycle is filled, but together they tell what shapes there are. Labels are not looked at.
 *
 * @param order number of harmonics
 */
export function estimateShapePrior(
  curves: readonly FoldableLightCurve[],
  order: number,
  onProgress: (done: number, total: number) => void = () => undefined,
): ShapePrior {
  const aligned = curves.map(alignCurve).filter((curve) => curve !== null);
  let prior = firstPrior(aligned, order);
  const x = aligned.map(({ periodDays }) => periodDays - prior.centreDays);
  let scatter = aligned.map((curve) => curve.scatter);
  for (let iteration = 1; iteration <= ITERATIONS; iteration++) {
    const posteriors = aligned.map((curve, star) => shapePosterior(curve, curve.periodDays, prior, scatter[star]!, STAR_ITERATIONS));
    scatter = posteriors.map((posterior) => posterior.scatter);
    const shapes = posteriors.map(({ coefficients }) => coefficients.subarray(1));
    const next = { ...prior, mean: regress(x, shapes) };
    prior = { ...next, precision: precisionOf(next, aligned, posteriors) };
    onProgress(iteration, ITERATIONS);
  }
  return prior;
}
