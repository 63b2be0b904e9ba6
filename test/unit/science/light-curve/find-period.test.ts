import path from "node:path";
import { resample } from "../../../../bench/periods/resample";
import { transitTimes } from "../../../../bench/periods/scanning-law";
import { findPeriod } from "../../../../src/science/light-curve/find-period";
import { type FourierSeries, seriesAt } from "../../../../src/science/light-curve/fourier-series";
import { periodogram } from "../../../../src/science/light-curve/periodogram";
import { Random } from "../../../../src/science/random";
import { readLightCurveFolder } from "../../../../training/light-curves/light-curve-folder";
import { describeRealData, REAL_DATA } from "../../../support/real-data";

const SERIES: FourierSeries = { mean: 15, amplitude: [0.3, 0.15, 0.1], angle: [0, 2.6, 5.3] };
const PERIOD = 0.5512347;

function observe(count: number, noiseMag: number, days = 900) {
  const random = new Random(3);
  const time = Float64Array.from({ length: count }, () => random.between(0, days)).sort();
  return { time, mag: time.map((one) => seriesAt(SERIES, one / PERIOD) + noiseMag * random.normal()), magError: null };
}

/** Fraction of the variance that A sin + B cos + C explains at a frequency, by Gauss-Jordan on the plain sums. */
function explainedByOneSine(time: Float64Array, mag: Float64Array, frequency: number): number {
  const rows = Array.from(time, (t) => [1, Math.cos(2 * Math.PI * frequency * t), Math.sin(2 * Math.PI * frequency * t)]);
  const system = [0, 1, 2].map((i) => [
    ...[0, 1, 2].map((j) => rows.reduce((sum, row) => sum + row[i]! * row[j]!, 0)),
    rows.reduce((sum, row, point) => sum + row[i]! * mag[point]!, 0),
  ]);
  for (let pivot = 0; pivot < 3; pivot++) {
    system[pivot] = system[pivot]!.map((value) => value / system[pivot]![pivot]!);
    for (let row = 0; row < 3; row++)
      if (row !== pivot) system[row] = system[row]!.map((value, col) => value - system[row]![pivot]! * system[pivot]![col]!);
  }
  const mean = mag.reduce((a, b) => a + b) / mag.length;
  const left = rows.reduce(
    (sum, row, point) => sum + (mag[point]! - row.reduce((fit, value, i) => fit + value * system[i]![3]!, 0)) ** 2,
    0,
  );
  return 1 - left / mag.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

describe("the periodogram", () => {
  test("is the variance that least squares with a floating mean explains", () => {
    const points = observe(25, 0.05);
    const grid = { start: 1.1, step: 0.0137, count: 200 };
    const power = periodogram(points, grid, 1);
    for (const at of [0, 1, 57, 199])
      expect(power[at]).toBeCloseTo(explainedByOneSine(points.time, points.mag, grid.start + at * grid.step), 10);
  });
});

describe("finding a period", () => {
  test("recovers it within its stated error, and beyond doubt, from 40 points of 0.02 mag", () => {
    const found = findPeriod(observe(40, 0.02))!;
    expect(Math.abs(found.periodDays - PERIOD)).toBeLessThan(4 * found.errorDays);
    expect(found.errorDays).toBeLessThan(1e-5);
    expect(found.doubtful).toBe(false);
    expect(found.power).toBeGreaterThan(0.98);
    expect(found.aliases.length).toBeGreaterThan(0);
  });

  test("marks the period of noise as doubtful", () => {
    const random = new Random(5);
    const points = observe(40, 0);
    expect(findPeriod({ ...points, mag: points.mag.map(() => 15 + 0.1 * random.normal()) })!.doubtful).toBe(true);
  });

  test.each([
    ["11 points", observe(11, 0.01)],
    ["no span of time", { ...observe(30, 0.01), time: new Float64Array(30).fill(5) }],
    ["a span of a million years", observe(30, 0.01, 3.65e8)],
  ])("gives none for %s", (_, points) => {
    expect(findPeriod(points)).toBeNull();
  });
});

describeRealData("Gaia's scanning law over the folded Gaia set", () => {
  test("at least 95% of the catalogue's periods are recovered from light curves unfolded to 34 months (npm run bench:periods has all)", async () => {
    const { stars } = await readLightCurveFolder(path.join(REAL_DATA!, "rr-lyrae-gaia-g"));
    const sample = stars.filter((_, index) => index % 180 === 0);
    const recovered = sample.filter(({ curve, raDeg, decDeg, periodDays }) => {
      const points = resample(curve!, transitTimes(raDeg, decDeg, 1038));
      const span = points.time[points.time.length - 1]! - points.time[0]!;
      return Math.abs(1 / findPeriod(points)!.periodDays - 1 / periodDays) * span < 0.1;
    });
    expect(sample.length).toBe(20);
    expect(recovered.length).toBeGreaterThanOrEqual(19);
  });
});
