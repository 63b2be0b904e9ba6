import {
  COUNT_COLUMN,
  columnsOf,
  magColumn,
  PERIOD_COLUMN,
  type SequenceLayout,
  timeColumn,
} from "../../../../src/features/light-curve/sequence/sequence-inputs";
import { mean, standardDeviation } from "../../../../src/science/statistics";
import type { Normalisation } from "../../../fit/scales";
import type { Sequences } from "../ragged-batch";

/** Light curves one behind the other, each with the points it has. */
export interface CurveSample {
  /** [rows] [d] within the cycle, ascending in each star */
  readonly times: Float32Array;
  /** [rows] [mag] about the star's mean */
  readonly mags: Float32Array;
  /** [stars + 1] row at which each star begins, and the end */
  readonly starts: Int32Array;
  /** [stars] [d] */
  readonly periods: Float32Array;
}

/**
 * What a network is told of each point: time within the cycle, magnitude, the star's period, and the sine and cosine
 * of so many multiples of the phase, in which the cycle's end meets its beginning.
 */
export const channelCount = (harmonics: number): number => 3 + 2 * harmonics;

/** How a channel is brought to order one. */
export interface ChannelScale {
  readonly mean: number;
  readonly scale: number;
}

export interface Channels {
  readonly time: ChannelScale;
  readonly mag: ChannelScale;
  readonly period: ChannelScale;
  readonly harmonics: number;
}

/** So many scales from the mean, and no further: of order one, a network's tanh are flat there. */
export const REACH = 6;

/** @returns room that the threads of a pool share */
const shared = (length: number) => new Float32Array(new SharedArrayBuffer(4 * length));

/** Takes the padding out. @param rows [stars, columns] of a feature set with this layout */
export function curveSample(layout: SequenceLayout, rows: Float32Array): CurveSample {
  const columns = columnsOf(layout);
  const stars = rows.length / columns;
  const starts = new Int32Array(new SharedArrayBuffer(4 * (stars + 1)));
  for (let star = 0; star < stars; star++) starts[star + 1] = starts[star]! + rows[star * columns + COUNT_COLUMN]!;
  const [times, mags, periods] = [shared(starts[stars]!), shared(starts[stars]!), shared(stars)];
  for (let star = 0; star < stars; star++) {
    const row = rows.subarray(star * columns, (star + 1) * columns);
    periods[star] = row[PERIOD_COLUMN]!;
    for (let point = 0; point < row[COUNT_COLUMN]!; point++) {
      times[starts[star]! + point] = row[timeColumn(point)]!;
      mags[starts[star]! + point] = row[magColumn(layout, point)]!;
    }
  }
  return { times, mags, starts, periods };
}

const scaleOf = (values: Float32Array): ChannelScale => ({
  mean: Math.fround(mean(values)),
  scale: Math.fround(standardDeviation(values) || 1),
});

/** @param sample the training stars */
export function channelsFor({ times, mags, periods }: CurveSample, harmonics: number): Channels {
  return { time: scaleOf(times), mag: scaleOf(mags), period: scaleOf(periods), harmonics };
}

/** The same scales, column by column, as an artifact keeps them. */
export function normalisationOf(layout: SequenceLayout, { time, mag, period }: Channels): Normalisation {
  const points = <T>(one: T) => new Array<T>(layout.points).fill(one);
  const columns = [period, { mean: 0, scale: 1 }, ...points(time), ...points(mag)];
  return { mean: columns.map((one) => one.mean), scale: columns.map(({ scale }) => scale), reach: REACH };
}

const normalise = (value: number, { mean: centre, scale }: ChannelScale): number =>
  Math.max(-REACH, Math.min(REACH, (value - centre) / scale));

/** @param to [channels] the place of one point */
export function writePoint(to: Float32Array, channels: Channels, time: number, mag: number, periodDays: number): void {
  to[0] = normalise(time, channels.time);
  to[1] = normalise(mag, channels.mag);
  to[2] = normalise(periodDays, channels.period);
  for (let k = 1; k <= channels.harmonics; k++) {
    const angle = (2 * Math.PI * k * time) / periodDays;
    to[1 + 2 * k] = Math.sin(angle);
    to[2 + 2 * k] = Math.cos(angle);
  }
}

/** The light curves as a network reads them. */
export function sequencesOf({ times, mags, starts, periods }: CurveSample, channels: Channels): Sequences {
  const count = channelCount(channels.harmonics);
  const values = new Float32Array(times.length * count);
  for (let star = 0; star < periods.length; star++) {
    for (let row = starts[star]; row! < starts[star + 1]!; row!++) {
      writePoint(values.subarray(row! * count, (row! + 1) * count), channels, times[row!]!, mags[row!]!, periods[star]!);
    }
  }
  return { values, channels: count, starts };
}

/** Smallest and largest value of a column. */
type Limits = readonly [min: number, max: number];

/** The limits of a point's columns are those of all points: the 57th of a light curve is nothing of its own. */
export function sharedLimits(limits: readonly Limits[], { points }: SequenceLayout): Limits[] {
  const over = (columns: readonly Limits[]): Limits => [
    Math.min(...columns.map(([min]) => min)),
    Math.max(...columns.map(([, max]) => max)),
  ];
  const [time, mag] = [over(limits.slice(2, 2 + points)), over(limits.slice(2 + points))];
  return [...limits.slice(0, 2), ...new Array<Limits>(points).fill(time), ...new Array<Limits>(points).fill(mag)];
}
