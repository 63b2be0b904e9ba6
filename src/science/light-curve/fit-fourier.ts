import { type Cholesky, choleskyFactor, choleskyInverse, choleskySolve, forwardSquares } from "../cholesky";
import { median } from "../statistics";
import { type FourierSeries, seriesOf } from "./fourier-series";
import { MAG_ERROR_FLOOR, pointWeights } from "./weights";

/** The points of a folded light curve. */
export interface PhasedPoints {
  /** [points] [cycles] */
  readonly phase: Float64Array;
  /** [points] [mag] */
  readonly mag: Float64Array;
  /** [points] [mag], or null if all points are as good */
  readonly magError: Float64Array | null;
}

export interface FourierFit {
  readonly series: FourierSeries;
  /** m0, a_1, b_1, a_2, b_2, ... [mag], see `seriesOf` */
  readonly coefficients: Float64Array;
  /** [coefficients, coefficients] [mag²] */
  readonly covariance: Float64Array;
  /** how many coefficients the points determined, rather than the prior */
  readonly parameters: number;
  /** [mag] of a point of typical weight about the curve, outliers aside; degrees of freedom counted */
  readonly scatter: number;
  /** [mag] what a point is missed by when it is left out of the fit, robust: by this orders are compared */
  readonly leaveOneOut: number;
  /** points that count for nothing, being too far off */
  readonly outliers: number;
}

/** Huber's: 95% efficient where errors are Gaussian. */
const HUBER = 1.345;
/** Of the scatter. Beyond it a point is not a bad measurement of this curve but of something else. */
const CLIP = 5;
const ITERATIONS = 8;
const CONVERGED = 1e-3;

/** [points, coefficients] 1, sin(2π phase), cos(2π phase), sin(4π phase), ... by the recurrence of the multiple angles. */
export function designMatrix(phase: Float64Array, order: number): Float64Array {
  const width = 2 * order + 1;
  const design = new Float64Array(phase.length * width);
  for (let point = 0; point < phase.length; point++) {
    const [sine, cosine] = [Math.sin(2 * Math.PI * phase[point]!), Math.cos(2 * Math.PI * phase[point]!)];
    let [s, c] = [0, 1];
    design[point * width] = 1;
    for (let k = 1; k <= order; k++) {
      [s, c] = [s * cosine + c * sine, c * cosine - s * sine];
      design[point * width + 2 * k - 1] = s;
      design[point * width + 2 * k] = c;
    }
  }
  return design;
}

interface Solution {
  readonly coefficients: Float64Array;
  readonly factor: Cholesky;
  /** [points] observed - fitted [mag] */
  readonly residual: Float64Array;
}

/** XᵀWX + prior and XᵀWy; lower triangle. */
function normalEquations(design: Float64Array, mag: Float64Array, weight: Float64Array, prior: Float64Array) {
  const width = prior.length;
  const normal = new Float64Array(width * width);
  const right = new Float64Array(width);
  for (let point = 0; point < mag.length; point++) {
    const row = point * width;
    for (let i = 0; i < width; i++) {
      const weighted = weight[point]! * design[row + i]!;
      right[i]! += weighted * mag[point]!;
      for (let j = 0; j <= i; j++) normal[i * width + j]! += weighted * design[row + j]!;
    }
  }
  for (let i = 0; i < width; i++) normal[i * width + i]! += prior[i]!;
  return { normal, right };
}

/** Weighted least squares with a Gaussian prior about zero. @param prior [coefficients] inverse variances, of a point's */
function solve(design: Float64Array, mag: Float64Array, weight: Float64Array, prior: Float64Array): Solution | null {
  const width = prior.length;
  const { normal, right } = normalEquations(design, mag, weight, prior);
  const factor = choleskyFactor(normal, width);
  if (!factor) return null;
  const coefficients = choleskySolve(factor, right);
  const residual = Float64Array.from(mag);
  for (let point = 0; point < mag.length; point++)
    for (let i = 0; i < width; i++) residual[point]! -= design[point * width + i]! * coefficients[i]!;
  return { coefficients, factor, residual };
}

/** [points] how much each point pulls the curve to itself, 0 to 1; their sum is the number of parameters that the data determined. */
function leverages(design: Float64Array, weight: Float64Array, { factor, coefficients }: Solution): Float64Array {
  const width = coefficients.length;
  const scaled = new Float64Array(width);
  const leverage = new Float64Array(weight.length);
  for (let point = 0; point < weight.length; point++) {
    scaled.set(design.subarray(point * width, (point + 1) * width));
    leverage[point] = weight[point]! * forwardSquares(factor, scaled);
  }
  return leverage;
}

/** [mag] standard deviation of Gaussian residuals, by their median so that outliers do not count, for the parameters fitted. */
function scatterOf(residual: Float64Array, base: Float64Array, parameters: number): number {
  const sizes = residual.map((value, point) => Math.abs(value) * Math.sqrt(base[point]!));
  const freedom = Math.max(1, residual.length - parameters) / residual.length;
  return Math.max(MAG_ERROR_FLOOR, (1.4826 * median(sizes)) / Math.sqrt(freedom));
}

/** Huber's weights, and none beyond the clip. */
function robustWeights({ residual }: Solution, base: Float64Array, scatter: number): Float64Array {
  return base.map((one, point) => {
    const size = (Math.abs(residual[point]!) * Math.sqrt(one)) / scatter;
    return size > CLIP ? 0 : one * Math.min(1, HUBER / size);
  });
}

/** [coefficients] the prior in units of a point's inverse variance; none on the mean. */
function priorWeights(order: number, scatter: number, priorMag: (harmonic: number) => number): Float64Array {
  const prior = new Float64Array(2 * order + 1);
  for (let k = 1; k <= order; k++) prior.fill((scatter / priorMag(k)) ** 2, 2 * k - 1, 2 * k + 1);
  return prior;
}

/**
 * [mag] how large a harmonic's coefficients are expected to be: the root mean squares of RR Lyrae in G are 0.18, 0.09,
 * 0.06, 0.04 ... As a prior it keeps the series from swinging where the cycle was not observed, and makes a high order
 * harmless: over the folded Gaia set a linear P-φ31-[Fe/H] relation of fits with it is off by 0.211 dex (root mean
 * square), of fits with a prior five times as wide by 0.234 dex.
 */
export const rrLyraePrior = (harmonic: number): number => 0.5 * Math.exp(-0.7 * harmonic);

/**
 * Fits a Fourier series by iteratively reweighted least squares with Huber's loss (Huber 1964, Ann. Math. Stat. 35,
 * 73); points beyond five times the scatter count for nothing.
 *
 * @param order number of harmonics
 * @param priorMag [mag] standard deviation of a harmonic's coefficients before anything is known
 * @returns null if the points do not determine the series
 */
export function fitFourier({ phase, mag, magError }: PhasedPoints, order: number, priorMag = rrLyraePrior): FourierFit | null {
  const design = designMatrix(phase, order);
  const base = pointWeights(phase.length, magError);
  let weight = base;
  let scatter =
    scatterOf(
      mag.map((value) => value - median(mag)),
      base,
      1,
    ) / 10;
  for (let iteration = 0; ; iteration++) {
    const solution = solve(design, mag, weight, priorWeights(order, scatter, priorMag));
    if (!solution) return null;
    const leverage = leverages(design, weight, solution);
    const before = scatter;
    scatter = scatterOf(
      solution.residual,
      base,
      leverage.reduce((sum, one) => sum + one, 0),
    );
    if (iteration === ITERATIONS || Math.abs(scatter - before) < CONVERGED * scatter)
      return describe(solution, leverage, base, weight, scatter);
    weight = robustWeights(solution, base, scatter);
  }
}

function describe(solution: Solution, leverage: Float64Array, base: Float64Array, weight: Float64Array, scatter: number): FourierFit {
  const { coefficients, factor, residual } = solution;
  const missed = residual.map((value, point) => (Math.abs(value) * Math.sqrt(base[point]!)) / Math.max(1e-6, 1 - leverage[point]!));
  return {
    series: seriesOf(coefficients),
    coefficients,
    covariance: choleskyInverse(factor, coefficients.length).map((value) => value * scatter * scatter),
    parameters: leverage.reduce((sum, one) => sum + one, 0),
    scatter,
    leaveOneOut: missed.reduce((sum, value) => sum + value, 0) / missed.length,
    outliers: weight.reduce((count, one) => count + (one === 0 ? 1 : 0), 0),
  };
}
