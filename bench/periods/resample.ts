import type { FoldableLightCurve } from "../../src/features/light-curve/light-curve";
import { fitFourier } from "../../src/science/light-curve/fit-fourier";
import { seriesAt } from "../../src/science/light-curve/fourier-series";
import type { TimedPoints } from "../../src/science/light-curve/periodogram";
import { phaseAt } from "../../src/science/light-curve/phase";

/** The next point in phase; the first one follows the last. */
function nearest(phases: Float64Array, phase: number): number {
  const distance = (point: number) => Math.abs(((phases[point]! - phase + 1.5) % 1) - 0.5);
  let best = 0;
  for (let point = 1; point < phases.length; point++) if (distance(point) < distance(best)) best = point;
  return best;
}

/**
 * Unfolds a light curve: at each time it takes the magnitude of the next point in phase and moves it along the fitted series
 * to the phase of that time. Every point keeps its own deviation from the series, as noise.
 */
export function resample(curve: FoldableLightCurve, times: readonly number[]): TimedPoints {
  const { series } = fitFourier(curve, 5)!;
  const mag = times.map((time) => {
    const phase = phaseAt(time, curve.periodDays);
    const point = nearest(curve.phase, phase);
    return curve.mag[point]! + seriesAt(series, phase) - seriesAt(series, curve.phase[point]!);
  });
  return { time: Float64Array.from(times), mag: Float64Array.from(mag), magError: null };
}
