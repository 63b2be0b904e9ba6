import { quantile } from "../../src/science/statistics";
import type { Calibration } from "../onnx/prediction-model";

/** How far held-out stars were missed, and how far the members were apart on them, in the label's unit. */
export interface HeldOut {
  readonly residuals: Float64Array;
  readonly spreads: Float64Array;
}

/** What a standard error covers of a Gaussian. */
const ONE_SIGMA = 0.6827;

const GAINS = [0, 0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3, 4, 5];

/** @returns the least floor with which 68% of the held-out stars lie within one standard error; null where none is that low */
function floorFor({ residuals, spreads }: HeldOut, gain: number): number | null {
  // |r| <= sqrt(floor^2 + (gain s)^2) where r^2 - (gain s)^2 <= floor^2
  const floorSquare = quantile(
    residuals.map((residual, star) => residual ** 2 - (gain * spreads[star]) ** 2),
    ONE_SIGMA,
  );
  return floorSquare > 0 || gain === 0 ? Math.sqrt(floorSquare) : null;
}

/** Mean logarithm of the standard errors: of two sets that cover as much, the one that tells more has the lower. */
function dullness({ spreads }: HeldOut, { floor, gain }: Calibration): number {
  return spreads.reduce((sum, spread) => sum + 0.5 * Math.log(floor ** 2 + (gain * spread) ** 2), 0) / spreads.length;
}

/**
 * Finds the standard error sqrt(floor^2 + (gain spread)^2) that covers 68% of the held-out stars, and among those
 * the sharpest ("sharpness subject to calibration", Gneiting et al. 2007, JRSS B 69, 243).
 */
export function calibrate(heldOut: HeldOut): Calibration {
  const candidates = GAINS.flatMap((gain) => {
    const floor = floorFor(heldOut, gain);
    return floor === null ? [] : [{ floor, gain }];
  });
  return candidates.reduce((best, one) => (dullness(heldOut, one) < dullness(heldOut, best) ? one : best));
}
