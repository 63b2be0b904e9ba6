import { decompose } from "../../../../src/science/light-curve/decompose";
import { fitFourier } from "../../../../src/science/light-curve/fit-fourier";
import { type FourierSeries, seriesAt } from "../../../../src/science/light-curve/fourier-series";
import { bootstrapErrors, covarianceErrors, type Quantities } from "../../../../src/science/light-curve/series-errors";
import { Random } from "../../../../src/science/random";

/** An RR Lyrae's first harmonics: φ21 = 2.6, φ31 = 5.2 rad. */
const SERIES: FourierSeries = { mean: 15, amplitude: [0.3, 0.15, 0.1, 0.06, 0.03], angle: [0.7, 4, 7.3, 10.4, 13.5] };

function observe(count: number, noiseMag: number, seed = 1, series = SERIES) {
  const random = new Random(seed);
  const phase = Float64Array.from({ length: count }, () => random.uniform());
  return { phase, mag: phase.map((one) => seriesAt(series, one) + noiseMag * random.normal()), magError: null };
}

const amplitudes: Quantities = ({ amplitude }) => amplitude.slice(0, 3);

describe("decomposing a light curve", () => {
  test("recovers amplitude ratios and phase differences within their errors", () => {
    const { r21, r31, phi21, phi31, order } = decompose(observe(60, 0.01))!;
    for (const [{ value, error }, truth] of [
      [r21, 0.5],
      [r31, 1 / 3],
      [phi21, 2.6],
      [phi31, 5.2],
    ] as const) {
      expect(Math.abs(value - truth)).toBeLessThan(3 * error);
      expect(error).toBeLessThan(0.1);
    }
    expect(order).toBeGreaterThanOrEqual(4);
  });

  test("takes no more harmonics than foretell anything", () => {
    const three = { ...SERIES, amplitude: SERIES.amplitude.slice(0, 3), angle: SERIES.angle.slice(0, 3) };
    expect(decompose(observe(80, 0.02, 2, three))!.order).toBe(3);
    expect(decompose(observe(400, 0.002, 2))!.order).toBe(5);
  });

  test("puts maximum light at phase 0", () => {
    const { series, totalAmplitude } = decompose(observe(60, 0.01))!;
    const brightest = seriesAt(series, 0);
    for (const phase of [-0.02, 0.02, 0.3, 0.5, 0.9]) expect(seriesAt(series, phase)).toBeGreaterThan(brightest);
    expect(totalAmplitude).toBeGreaterThan(0.7);
  });

  test("wraps the phase differences where it is told to", () => {
    const { phi31 } = decompose(observe(60, 0.01), { phi31Near: -1 })!;
    expect(phi31.value).toBeCloseTo(decompose(observe(60, 0.01))!.phi31.value - 2 * Math.PI, 10);
  });

  test("errors by the covariance are those by the bootstrap, and both what many light curves scatter by", () => {
    const values = Array.from({ length: 100 }, (_, seed) => amplitudes(fitFourier(observe(50, 0.02, seed), 5)!.series));
    const points = observe(50, 0.02, 7);
    const fit = fitFourier(points, 5)!;
    const [byCovariance, byBootstrap] = [covarianceErrors(fit, amplitudes), bootstrapErrors(points, fit, amplitudes)];
    for (const harmonic of [0, 1, 2]) {
      const truth = SERIES.amplitude[harmonic]!;
      const scatter = Math.sqrt(values.reduce((sum, one) => sum + (one[harmonic]! - truth) ** 2, 0) / values.length);
      expect(byCovariance[harmonic]! / scatter).toBeGreaterThan(0.6);
      expect(byCovariance[harmonic]! / scatter).toBeLessThan(1.6);
      expect(byBootstrap[harmonic]! / byCovariance[harmonic]!).toBeGreaterThan(0.6);
      expect(byBootstrap[harmonic]! / byCovariance[harmonic]!).toBeLessThan(1.6);
    }
  });
});
