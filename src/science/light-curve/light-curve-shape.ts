import { type FourierSeries, seriesAt } from "./fourier-series";

/** What the eye sees of a light curve. */
export interface LightCurveShape {
  /** [cycles] phase of the brightest point, 0 <= phase < 1 */
  readonly maximumPhase: number;
  /** [mag] faintest minus brightest */
  readonly totalAmplitude: number;
  /** [cycles] from the faintest to the brightest point: 0.1 to 0.2 of fundamental-mode RR Lyrae, 0.4 of the first overtone */
  readonly riseTime: number;
}

/** Enough that the highest harmonic has a dozen samples a turn; between samples a parabola is drawn. */
const SAMPLES = 256;

/** Where a parabola through three samples, one apart, has its vertex, from the middle one, and its height there. */
function vertex(before: number, middle: number, after: number): { at: number; height: number } {
  const curvature = before - 2 * middle + after;
  const at = curvature === 0 ? 0 : (before - after) / (2 * curvature);
  return { at, height: middle - ((before - after) * at) / 4 };
}

/** @returns phase [cycles] and height of the largest of samples over one cycle */
function largest(samples: Float64Array): { phase: number; height: number } {
  const at = samples.indexOf(samples.reduce((a, b) => Math.max(a, b)));
  const n = samples.length;
  const peak = vertex(samples[(at + n - 1) % n]!, samples[at]!, samples[(at + 1) % n]!);
  return { phase: ((at + peak.at + n) % n) / n, height: peak.height };
}

/** @returns the shape of the series: bright is small in magnitudes */
export function shapeOf(series: FourierSeries): LightCurveShape {
  const mag = Float64Array.from({ length: SAMPLES }, (_, sample) => seriesAt(series, sample / SAMPLES));
  const faintest = largest(mag);
  const brightest = largest(mag.map((value) => -value));
  const rise = brightest.phase - faintest.phase;
  return { maximumPhase: brightest.phase, totalAmplitude: faintest.height + brightest.height, riseTime: rise > 0 ? rise : rise + 1 };
}
