import { fitFourier } from "../../../src/science/light-curve/fit-fourier";
import {
  amplitudeError,
  amplitudeRatioError,
  angleError,
  phaseDifferenceError,
  totalAmplitudeError,
} from "../../../src/science/light-curve/fourier-errors";
import { phaseDifference, seriesAt } from "../../../src/science/light-curve/fourier-series";
import { shapeOf } from "../../../src/science/light-curve/light-curve-shape";
import { Random } from "../../../src/science/random";

const TRUTH = { mean: 15, amplitude: [0.3, 0.15, 0.1], angle: [1, 0.5, -0.4] };
const NOISE = 0.01;

/** Root mean square of the values about their mean. */
function spread(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

test("the errors of a series are how far fits of the same star with new noise lie apart", () => {
  const random = new Random(7);
  const phase = Float64Array.from({ length: 60 }, () => random.uniform()).sort();
  const quantities: Record<string, number[]> = { a2: [], angle1: [], phi31: [], r21: [], total: [] };
  const stated: Record<string, number[]> = { a2: [], angle1: [], phi31: [], r21: [], total: [] };
  for (let trial = 0; trial < 400; trial++) {
    const mag = phase.map((one) => seriesAt(TRUTH, one) + NOISE * random.normal());
    const fit = fitFourier({ phase, mag, magError: null }, 3)!;
    const shape = shapeOf(fit.series);
    const add = (name: string, value: number, error: number) => {
      quantities[name]!.push(value);
      stated[name]!.push(error);
    };
    add("a2", fit.series.amplitude[1]!, amplitudeError(fit, 2));
    add("angle1", fit.series.angle[0]!, angleError(fit, 1));
    add("phi31", phaseDifference(fit.series, 3, -3.4), phaseDifferenceError(fit, 3));
    add("r21", fit.series.amplitude[1]! / fit.series.amplitude[0]!, amplitudeRatioError(fit, 2));
    add("total", shape.totalAmplitude, totalAmplitudeError(fit, shape));
  }
  for (const [name, values] of Object.entries(quantities)) {
    const mean = stated[name]!.reduce((sum, error) => sum + error, 0) / values.length;
    // 400 trials tell a spread to 4%; the robust fit's covariance is good to some 10%.
    expect([name, spread(values) / mean]).toEqual([name, expect.closeTo(1, 0)]);
    expect(Math.abs(spread(values) / mean - 1)).toBeLessThan(0.15);
  }
});
