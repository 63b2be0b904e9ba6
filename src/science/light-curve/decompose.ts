import type { Measured } from "../measured";
import { type FourierFit, fitFourier, type PhasedPoints } from "./fit-fourier";
import { type FourierSeries, phaseDifference, shiftSeries } from "./fourier-series";
import { type LightCurveShape, shapeOf } from "./light-curve-shape";
import { bootstrapErrors, covarianceErrors, type Quantities } from "./series-errors";

/** A light curve in the terms in which variable stars are published. */
export interface Decomposition extends LightCurveShape {
  /** maximum light is at phase 0 */
  readonly series: FourierSeries;
  /** harmonics, as cross-validation chose */
  readonly order: number;
  /** [mag] of a point about the curve */
  readonly scatter: number;
  /** points that were clipped */
  readonly outliers: number;
  /** A1, A2, A3 [mag] */
  readonly amplitude: readonly [Measured, Measured, Measured];
  /** A2 / A1, A3 / A1 */
  readonly r21: Measured;
  readonly r31: Measured;
  /** [rad] sine series, within π of the references that were given */
  readonly phi21: Measured;
  readonly phi31: Measured;
}

export interface DecomposeOptions {
  /** [rad] what φ21 and φ31 are wrapped near; those of fundamental-mode RR Lyrae in G by default */
  readonly phi21Near?: number;
  readonly phi31Near?: number;
  /** draws of the bootstrap; none by default: errors are those of the covariance, a hundred times faster */
  readonly resamples?: number;
}

/** φ31 needs three; ten follow any RR Lyrae's rise. */
const [FEWEST, MOST] = [3, 10];
/** Of the least error of prediction: a higher order must earn its harmonics. */
const WORTHWHILE = 1.02;

/**
 * Chooses the order by leave-one-out cross-validation: the lowest that foretells points within 2% as well as any.
 *
 * @returns null if the points determine no series
 */
export function fitBestOrder(points: PhasedPoints): FourierFit | null {
  const most = Math.max(FEWEST, Math.min(MOST, Math.floor((points.phase.length - 2) / 2)));
  const fits: FourierFit[] = [];
  for (let order = FEWEST; order <= most; order++) {
    const fit = fitFourier(points, order);
    if (fit) fits.push(fit);
  }
  const least = Math.min(...fits.map(({ leaveOneOut }) => leaveOneOut));
  return fits.find(({ leaveOneOut }) => leaveOneOut <= WORTHWHILE * least) ?? null;
}

const quantitiesNear =
  (phi21Near: number, phi31Near: number): Quantities =>
  (series) => {
    const [a1, a2, a3] = series.amplitude as [number, number, number];
    return [a1, a2, a3, a2 / a1, a3 / a1, phaseDifference(series, 2, phi21Near), phaseDifference(series, 3, phi31Near)];
  };

/**
 * Decomposes a folded light curve: order by cross-validation, robust loss, outliers clipped, errors by the covariance
 * or the bootstrap, phase 0 at maximum light.
 *
 * @returns null if the points determine no series
 */
export function decompose(
  points: PhasedPoints,
  { phi21Near = 2.6, phi31Near = 5.4, resamples = 0 }: DecomposeOptions = {},
): Decomposition | null {
  const fit = fitBestOrder(points);
  if (!fit) return null;
  // Near the star's own angles no error is cut by the wrap.
  const [phi21, phi31] = quantitiesNear(phi21Near, phi31Near)(fit.series).slice(5) as [number, number];
  const quantities = quantitiesNear(phi21, phi31);
  const errors = resamples > 0 ? bootstrapErrors(points, fit, quantities, resamples) : covarianceErrors(fit, quantities);
  const measured = quantities(fit.series).map((value, index): Measured => ({ value, error: errors[index]! }));
  const [a1, a2, a3, r21, r31, p21, p31] = measured as [Measured, Measured, Measured, Measured, Measured, Measured, Measured];
  const shape = shapeOf(fit.series);
  return {
    ...shape,
    series: shiftSeries(fit.series, shape.maximumPhase),
    order: fit.series.amplitude.length,
    scatter: fit.scatter,
    outliers: fit.outliers,
    amplitude: [a1, a2, a3],
    ...{ r21, r31, phi21: p21, phi31: p31 },
  };
}
