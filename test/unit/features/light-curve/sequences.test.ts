import type { FoldableLightCurve } from "../../../../src/features/light-curve/light-curve";
import { POINTS_LAYOUT, rrlPointsFeatures } from "../../../../src/features/light-curve/sequence/rrl-points";
import { RESAMPLED_LAYOUT, rrlResampledFeatures } from "../../../../src/features/light-curve/sequence/rrl-resampled";
import { columnsOf, magColumn, timeColumn } from "../../../../src/features/light-curve/sequence/sequence-inputs";
import { Random } from "../../../../src/science/random";

const PERIOD = 0.55;
/** A sine series whose first harmonic begins at phase 0. */
const shape = (phase: number) => 0.4 * Math.sin(2 * Math.PI * phase) + 0.15 * Math.sin(4 * Math.PI * phase + 2.6);

/** @param shift [cycles] where this observer counts phases from */
function curveOf(points: number, shift = 0, noise = 0): FoldableLightCurve {
  const random = new Random(9);
  const observed = Array.from({ length: points }, () => {
    const at = random.uniform();
    return { phase: (at + shift) % 1, mag: 17 + shape(at) + noise * random.normal() };
  }).sort((a, b) => a.phase - b.phase);
  return {
    periodDays: PERIOD,
    phase: Float64Array.from(observed, ({ phase }) => phase),
    mag: Float64Array.from(observed, ({ mag }) => mag),
    magError: null,
  };
}

describe.each([
  [rrlPointsFeatures, POINTS_LAYOUT],
  [rrlResampledFeatures, RESAMPLED_LAYOUT],
])("$name", (features, layout) => {
  it("names every column of its layout", () => {
    expect(features.inputs).toHaveLength(columnsOf(layout));
    expect(new Set(features.inputs.map(({ name }) => name)).size).toBe(columnsOf(layout));
  });

  it("does not care where an observer's cycle begins", () => {
    const [here, there] = [curveOf(40), curveOf(40, 0.37)].map((curve) => features.compute(curve));
    // A point within rounding of the cycle's end may change sides: none does here.
    there!.forEach((value, column) => {
      expect(value).toBeCloseTo(here![column]!, 4);
    });
  });

  it("gives times within the cycle, ascending, and magnitudes of the curve about its mean", () => {
    const row = features.compute(curveOf(40));
    for (let point = 0; point < row[1]!; point++) {
      const time = row[timeColumn(point)];
      expect(time).toBeGreaterThanOrEqual(point! === 0 ? 0 : row[timeColumn(point - 1)]!);
      expect(time).toBeLessThan(PERIOD);
      expect(Math.abs(row[magColumn(layout, point)]! - shape(time! / PERIOD))).toBeLessThan(0.02);
    }
  });

  it("has no number that is not finite, whatever the number of points", () => {
    for (const points of [8, 20, 80, 300]) {
      const row = features.compute(curveOf(points, 0, 0.02));
      expect(row.every(Number.isFinite)).toBe(true);
      expect(row[1]).toBeLessThanOrEqual(layout.points);
    }
  });
});

test("the points as they were observed keep their number, up to 80 of them", () => {
  expect(rrlPointsFeatures.compute(curveOf(33))[1]).toBe(33);
  expect(rrlPointsFeatures.compute(curveOf(200))[1]).toBe(80);
});

test("behind the last point there is 0, not NaN: nothing is missing", () => {
  const row = rrlPointsFeatures.compute(curveOf(33));
  expect(row[timeColumn(33)]).toBe(0);
  expect(row[magColumn(POINTS_LAYOUT, 33)]).toBe(0);
});
