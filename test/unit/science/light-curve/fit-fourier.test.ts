import { fitFourier } from "../../../../src/science/light-curve/fit-fourier";
import {
  cosinePhase21,
  cosinePhase31,
  type FourierSeries,
  phaseDifference,
  seriesAt,
  shiftSeries,
  sinePhase31,
} from "../../../../src/science/light-curve/fourier-series";
import { shapeOf } from "../../../../src/science/light-curve/light-curve-shape";
import { Random } from "../../../../src/science/random";

/** AA Aql in I: Dékány et al. 2021's Fourier parameters (sine series), P = 0.361788 d. */
const AA_AQL: FourierSeries = { mean: 11.821, amplitude: [0.265, 0.164, 0.111], angle: [0, 2.583, -0.783] };

function observe(series: FourierSeries, count: number, noiseMag: number, seed = 1) {
  const random = new Random(seed);
  const phase = Float64Array.from({ length: count }, () => random.uniform());
  const mag = phase.map((one) => seriesAt(series, one) + noiseMag * random.normal());
  return { phase, mag, magError: null };
}

describe("fitting a Fourier series", () => {
  test("recovers a published series from 40 points without noise to a thousandth", () => {
    const fit = fitFourier(observe(AA_AQL, 40, 0), 3)!;
    expect(fit.series.mean).toBeCloseTo(AA_AQL.mean, 3);
    fit.series.amplitude.forEach((value, k) => {
      expect(value).toBeCloseTo(AA_AQL.amplitude[k]!, 3);
    });
    expect(phaseDifference(fit.series, 2, 8.9)).toBeCloseTo(8.8654, 2);
    expect(phaseDifference(fit.series, 3, 5.4)).toBeCloseTo(5.5, 2);
  });

  test("is moved by outliers by less than its stated errors", () => {
    const clean = observe(AA_AQL, 50, 0.01);
    const mag = clean.mag.map((value, point) => (point % 12 === 0 ? value + 0.8 : value));
    const [before, after] = [fitFourier(clean, 3)!, fitFourier({ ...clean, mag }, 3)!];
    expect(after.outliers).toBe(5);
    after.coefficients.forEach((value, i) => {
      expect(Math.abs(value - before.coefficients[i]!)).toBeLessThan(2 * Math.sqrt(before.covariance[i * 7 + i]!));
    });
  });

  test("states errors that the coefficients of many fits scatter by", () => {
    const truth = [AA_AQL.mean, 0.265, 0];
    const pulls = Array.from({ length: 200 }, (_, seed) => {
      const fit = fitFourier(observe(AA_AQL, 40, 0.02, seed), 3)!;
      return truth.map((value, i) => (fit.coefficients[i]! - value) / Math.sqrt(fit.covariance[i * 7 + i]!));
    }).flat();
    const within = pulls.filter((pull) => Math.abs(pull) < 1).length / pulls.length;
    expect(within).toBeGreaterThan(0.6);
    expect(within).toBeLessThan(0.76);
  });

  test("phase differences do not know the epoch", () => {
    const shifted = shiftSeries(AA_AQL, 0.37);
    expect(seriesAt(shifted, 0.1)).toBeCloseTo(seriesAt(AA_AQL, 0.47), 12);
    expect(phaseDifference(shifted, 3, 5.4)).toBeCloseTo(phaseDifference(AA_AQL, 3, 5.4), 12);
  });

  test("the cosine convention of Gaia is the same curve", () => {
    const [phi21, phi31] = [phaseDifference(AA_AQL, 2, 2.6), phaseDifference(AA_AQL, 3, 5.4)];
    // m = Σ A_k cos(2πk phase + φ_k - π/2): read φ21 and φ31 off those phases.
    const cosine = AA_AQL.angle.map((angle) => angle - Math.PI / 2);
    expect(Math.cos(cosinePhase21(phi21))).toBeCloseTo(Math.cos(cosine[1]! - 2 * cosine[0]!), 12);
    expect(Math.cos(cosinePhase31(phi31))).toBeCloseTo(Math.cos(cosine[2]! - 3 * cosine[0]!), 12);
    expect(sinePhase31(cosinePhase31(phi31), 5.4)).toBeCloseTo(phi31, 12);
  });

  test("the first three of AA Aql's eight harmonics have most of its published amplitude of 0.932 mag, and rise steeply", () => {
    const shape = shapeOf({ mean: 0, amplitude: [0.5], angle: [0] });
    expect(shape.totalAmplitude).toBeCloseTo(1, 6);
    expect(shape.maximumPhase).toBeCloseTo(0.75, 6);
    expect(shape.riseTime).toBeCloseTo(0.5, 6);
    expect(shapeOf(AA_AQL).totalAmplitude / 0.932).toBeGreaterThan(0.9);
    expect(shapeOf(AA_AQL).totalAmplitude / 0.932).toBeLessThan(1);
    expect(shapeOf(AA_AQL).riseTime).toBeLessThan(0.25);
  });
});
