import { mean, median, ONE_SIGMA, quantile } from "../../src/science/statistics";
import type { Calibration } from "./scales";

/** How far held-out stars were missed, and how far the members were apart on them, in the label's unit. */
export interface HeldOut {
  readonly residuals: Float64Array;
  readonly spreads: Float64Array;
}

/** How much the spread counts beside the floor, for a star of median spread. */
const WEIGHTS = [0, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10];

/** Degrees of freedom of the t distribution by which choices are compared: residuals have longer tails than a Gaussian. */
const FREEDOM = 4;

/** @returns the standard error that each star's prediction states */
export function statedErrors(spreads: Float64Array, { floor, gain }: Calibration): Float64Array {
  return spreads.map((spread) => Math.sqrt(floor ** 2 + (gain * spread) ** 2));
}

/** Of all that give the spread this weight, the calibration that covers 68% of the held-out stars. */
function covering({ residuals, spreads }: HeldOut, weight: number): Calibration {
  const typical = median(spreads);
  const shape = { floor: 1, gain: typical > 0 ? weight / typical : 0 };
  const errors = statedErrors(spreads, shape);
  const scale = quantile(
    residuals.map((residual, star) => Math.abs(residual) / errors[star]!),
    ONE_SIGMA,
  );
  return { floor: scale * shape.floor, gain: scale * shape.gain };
}

/** Mean negative logarithm of the likelihood, but for a constant. */
function surprise({ residuals, spreads }: HeldOut, calibration: Calibration): number {
  const errors = statedErrors(spreads, calibration);
  return mean(
    residuals.map(
      (residual, star) => Math.log(errors[star]!) + ((FREEDOM + 1) / 2) * Math.log1p((residual / errors[star]!) ** 2 / FREEDOM),
    ),
  );
}

/**
 * Finds the standard error sqrt(floor^2 + (gain spread)^2) that covers 68% of the held-out stars and, among all that do,
 * best separates the stars with large residuals from those with small ones.
 */
export function calibrate(heldOut: HeldOut): Calibration {
  const candidates = WEIGHTS.map((weight) => covering(heldOut, weight)).map((one) => ({ one, cost: surprise(heldOut, one) }));
  return candidates.reduce((best, next) => (next.cost < best.cost ? next : best)).one;
}
