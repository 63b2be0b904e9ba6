import type { Random } from "../../../../src/science/random";
import type { Sequences } from "../ragged-batch";
import { type Channels, type CurveSample, channelCount, writePoint } from "./curve-sample";

/** How light curves are changed at random each time they are trained on, as other observations of the star would be. */
export interface Augmentation {
  /** [cycles] standard deviation of a shift of all points: the phase at which a cycle begins is itself measured */
  readonly shift: number;
  /** largest share of a star's points that are left out */
  readonly leaveOut: number;
  /** [mag] standard deviation of noise on each point */
  readonly noiseMag: number;
}

/** However many are left out, a curve keeps so many points. */
const FEWEST_POINTS = 12;

interface Point {
  readonly time: number;
  readonly mag: number;
}

function augmentStar({ times, mags, starts, periods }: CurveSample, star: number, how: Augmentation, random: Random): Point[] {
  const count = starts[star + 1]! - starts[star]!;
  const period = periods[star];
  const shift = how.shift * random.normal() * period!;
  const leaveOut = Math.min(how.leaveOut * random.uniform(), 1 - FEWEST_POINTS / count);
  const points: Point[] = [];
  for (let row = starts[star]; row! < starts[star + 1]!; row!++) {
    if (random.uniform() < leaveOut) continue;
    const time = times[row!]! + shift;
    points.push({ time: time - period! * Math.floor(time / period!), mag: mags[row!]! + how.noiseMag * random.normal() });
  }
  // A star may lose all its points by chance, but then no network can learn anything from it.
  return points.length > 0 ? points.sort((a, b) => a.time - b.time) : [{ time: times[starts[star]!]!, mag: mags[starts[star]!]! }];
}

/** @returns the chosen stars, in this order, changed at random */
export function augment(sample: CurveSample, chosen: Int32Array, channels: Channels, how: Augmentation, random: Random): Sequences {
  const stars = Array.from(chosen, (star) => augmentStar(sample, star, how, random));
  const starts = new Int32Array(chosen.length + 1);
  stars.forEach((points, index) => {
    starts[index + 1] = starts[index]! + points.length;
  });
  const count = channelCount(channels.harmonics);
  const values = new Float32Array(starts[chosen.length]! * count);
  stars.forEach((points, index) => {
    points.forEach(({ time, mag }, point) => {
      const row = starts[index]! + point;
      writePoint(values.subarray(row * count, (row + 1) * count), channels, time, mag, sample.periods[chosen[index]!]!);
    });
  });
  return { values, channels: count, starts };
}
