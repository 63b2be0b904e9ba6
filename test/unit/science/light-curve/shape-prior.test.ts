import { seriesOf } from "../../../../src/science/light-curve/fourier-series";
import { meanShape, type ShapePrior, shapePosterior, symmetric } from "../../../../src/science/light-curve/shape-prior";
import { normal } from "../../../support/random";

/** Two harmonics; a longer period has a smaller first one. */
const PRIOR: ShapePrior = {
  centreDays: 0.55,
  periodLimits: [0.4, 0.8],
  mean: [
    [0.3, 0, 0.1, 0.05],
    [-0.5, 0, 0, 0],
    [0, 0, 0, 0],
  ],
  precision: symmetric([1 / 0.05 ** 2, 0, 1 / 0.01 ** 2, 0, 0, 1 / 0.03 ** 2, 0, 0, 0, 1 / 0.03 ** 2]),
};

const SHAPE = [0.35, 0.005, 0.12, 0.02];

function observe(phases: readonly number[], noise: number) {
  const gauss = normal(5);
  const phase = Float64Array.from(phases);
  const mag = phase.map((one) => {
    const angle = 2 * Math.PI * one;
    const curve =
      SHAPE[0]! * Math.sin(angle) + SHAPE[1]! * Math.cos(angle) + SHAPE[2]! * Math.sin(2 * angle) + SHAPE[3]! * Math.cos(2 * angle);
    return 15 + curve + noise * gauss();
  });
  return { phase, mag, magError: null };
}

const evenly = (count: number) => Array.from({ length: count }, (_, point) => point / count);

describe("The shape of a light curve, given what shapes there are", () => {
  test("is what many good points say, with their scatter", () => {
    const { coefficients, scatter } = shapePosterior(observe(evenly(400), 0.01), 0.55, PRIOR, 0.02);
    expect(coefficients[0]).toBeCloseTo(15, 2);
    for (const [i, value] of SHAPE.entries()) expect(Math.abs(coefficients[i + 1]! - value)).toBeLessThan(0.003);
    expect(scatter).toBeGreaterThan(0.008);
    expect(scatter).toBeLessThan(0.0105);
  });

  test("is the mean shape of its period where nothing was observed but one point", () => {
    const { coefficients, covariance } = shapePosterior(observe([0.2], 0), 0.65, PRIOR, 0.02);
    expect(Array.from(coefficients.subarray(1))).toEqual(Array.from(meanShape(PRIOR, 0.65), (value) => expect.closeTo(value, 6)));
    expect(coefficients[1]).toBeCloseTo(0.25, 6);
    expect(Math.sqrt(covariance[6]!)).toBeCloseTo(0.05, 6);
  });

  test("hardly heeds an outlier", () => {
    const curve = observe(evenly(60), 0.01);
    const spoilt = { ...curve, mag: curve.mag.with(20, 17) };
    const [clean, found] = [curve, spoilt].map((points) => seriesOf(shapePosterior(points, 0.55, PRIOR, 0.02).coefficients));
    expect(Math.abs(found!.amplitude[0]! - clean!.amplitude[0]!)).toBeLessThan(0.005);
  });

  test("of a period beyond those known takes the nearest's mean", () => {
    expect(meanShape(PRIOR, 1.2)).toEqual(meanShape(PRIOR, 0.8));
  });
});

test("A lower triangle becomes its symmetric matrix", () => {
  expect(Array.from(symmetric([1, 2, 3, 4, 5, 6]))).toEqual([1, 2, 4, 2, 3, 5, 4, 5, 6]);
});
