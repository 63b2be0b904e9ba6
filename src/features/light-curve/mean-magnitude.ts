import { fitFourier } from "../../science/light-curve/fit-fourier";
import { seriesAt } from "../../science/light-curve/fourier-series";
import type { Measured } from "../../science/measured";
import type { FoldableLightCurve } from "./light-curve";

/** Harmonics of the series; higher ones do not affect the mean. */
const ORDER = 5;
/** Number of phases over which the flux is averaged. */
const SAMPLES = 128;

/**
 * The magnitude of the mean flux over the cycle, as used by the relations for absolute magnitudes. It is taken from a fitted
 * series, because observations are distributed unevenly in phase.
 *
 * @returns [mag] null if the points do not determine a series
 */
export function meanMagnitude(curve: FoldableLightCurve): Measured | null {
  const fit = fitFourier(curve, ORDER);
  if (fit === null) return null;
  let flux = 0;
  for (let sample = 0; sample < SAMPLES; sample++) flux += 10 ** (-0.4 * seriesAt(fit.series, sample / SAMPLES)) / SAMPLES;
  return { value: -2.5 * Math.log10(flux), error: fit.scatter / Math.sqrt(curve.phase.length) };
}
