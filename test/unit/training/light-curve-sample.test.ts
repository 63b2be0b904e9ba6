import { sequenceRow } from "../../../src/features/light-curve/sequence/sequence-inputs";
import { Random } from "../../../src/science/random";
import { mean, standardDeviation } from "../../../src/science/statistics";
import { labelWeights } from "../../../training/families/sequences/fit/label-weights";
import { augment } from "../../../training/families/sequences/light-curves/augment";
import {
  channelCount,
  channelsFor,
  curveSample,
  normalisationOf,
  REACH,
  sequencesOf,
  sharedLimits,
} from "../../../training/families/sequences/light-curves/curve-sample";

const LAYOUT = { points: 40 };
const PERIODS = [0.5, 0.6, 0.7];
const COUNTS = [20, 30, 40];

function sample() {
  const random = new Random(2);
  const rows = PERIODS.map((period, star) => {
    const times = Array.from({ length: COUNTS[star]! }, () => period * random.uniform()).sort((a, b) => a - b);
    return sequenceRow(
      LAYOUT,
      period,
      times.map((time) => ({ time, mag: 0.3 * Math.sin((2 * Math.PI * time) / period) })),
    );
  });
  return curveSample(LAYOUT, Float32Array.from(rows.flatMap((row) => [...row])));
}

const lengths = (starts: Int32Array) => Array.from(starts.slice(1), (end, index) => end - starts[index]!);

test("the padding of a row is taken out, so that each star has the points it has", () => {
  const { starts, periods, times } = sample();
  expect(lengths(starts)).toEqual(COUNTS);
  expect([...periods].map((period) => Number(period.toFixed(6)))).toEqual(PERIODS);
  expect(times).toHaveLength(90);
});

test("channels are of order one, and the sines of the phase close the cycle", () => {
  const curves = sample();
  const { values, channels } = sequencesOf(curves, channelsFor(curves, 1));
  expect(channels).toBe(channelCount(1));
  const column = (index: number) => values.filter((_, at) => at % channels === index);
  expect(mean(column(0))).toBeCloseTo(0, 5);
  expect(standardDeviation(column(1))).toBeCloseTo(1, 5);
  column(3).forEach((sine, row) => {
    expect(sine ** 2 + column(4)[row]! ** 2).toBeCloseTo(1, 5);
  });
});

test("a number far outside the training stars is cut, as the artifact cuts it", () => {
  const curves = sample();
  const told = channelsFor(curves, 0);
  const { values } = sequencesOf({ ...curves, mags: curves.mags.map(() => 1e9) }, told);
  expect(values[1]).toBe(REACH);
  expect(normalisationOf(LAYOUT, told).reach).toBe(REACH);
});

test("an augmented star keeps its period and its order of time, and has no more points than it had", () => {
  const curves = sample();
  const told = channelsFor(curves, 0);
  const how = { shift: 0.05, leaveOut: 0.5, noiseMag: 0.02 };
  const chosen = Int32Array.of(2, 0);
  const { values, starts, channels } = augment(curves, chosen, told, how, new Random(1));
  lengths(starts).forEach((length, index) => {
    expect(length).toBeGreaterThanOrEqual(1);
    expect(length).toBeLessThanOrEqual(COUNTS[chosen[index]!]!);
    for (let row = starts[index]! + 1; row < starts[index + 1]!; row++) {
      expect(values[row * channels]).toBeGreaterThanOrEqual(values[(row - 1) * channels]!);
      expect(values[row * channels + 2]).toBe(values[starts[index]! * channels + 2]);
    }
  });
});

test("without augmentation a star is what it is", () => {
  const curves = sample();
  const told = channelsFor(curves, 2);
  const how = { shift: 0, leaveOut: 0, noiseMag: 0 };
  const augmented = augment(curves, Int32Array.of(0, 1, 2), told, how, new Random(1));
  expect([...augmented.values]).toEqual([...sequencesOf(curves, told).values]);
});

test("all points of a light curve share their limits", () => {
  const limits = Array.from({ length: 6 }, (_, column): [number, number] => [column, 10 * column]);
  expect(sharedLimits(limits, { points: 2 })).toEqual([
    [0, 0],
    [1, 10],
    [2, 30],
    [2, 30],
    [4, 50],
    [4, 50],
  ]);
});

describe("weights by the density of labels", () => {
  const labels = Float64Array.from({ length: 300 }, (_, index) => (index < 290 ? -1.5 + 0.001 * index : 0.5 + 0.01 * index));

  it("are 1 on average, and larger where labels are rare", () => {
    const weights = labelWeights(labels, 1);
    expect(mean(weights)).toBeCloseTo(1, 5);
    expect(weights[295]).toBeGreaterThan(3 * weights[100]!);
  });

  it("have a largest ratio, so that no single star leads", () => {
    const weights = labelWeights(labels, 1);
    expect(Math.max(...weights) / Math.min(...weights)).toBeLessThanOrEqual(10 + 1e-4);
  });

  it("are all the same at a power of 0", () => {
    expect(new Set(labelWeights(labels, 0))).toEqual(new Set([1]));
  });
});
