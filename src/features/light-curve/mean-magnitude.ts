import { fitFourier } from "../../science/light-curve/fit-fourier";
import { seriesAt } from "../../science/light-curve/fourier-series";
import type { Measured } from "../../science/measured";
import type { FoldableLightCurve } from "./light-curve";

/** Enough for a mean, which the highest harmonics leave alone. */
const ORDER = 5;
/** Of the cycle that the flux is averaged over. */
const SAMPLES = 128;

/**
 * The magnitude of the mean flux over the cycle, as the relations of absolute magnitudes take it: observations crowd
 * where they happen to, a fitted series does not.
 *
 * @returns [mag] null where the points determine no series
 */
export function meanMagnitude(curve: FoldableLightCurve): Measured | null {
  const fit = fitFourier(curve, ORDER);
  if (fit === null) return null;
  let flux = 0;
  for (let sample = 0; sample < SAMPLES; sample++) flux += 10 ** (-0.4 * seriesAt(fit.series, sample / SAMPLES)) / SAMPLES;
  return { value: -2.5 * Math.log10(flux), error: fit.scatter / Math.sqrt(curve.phase.length) };
}
