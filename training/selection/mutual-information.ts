import { Random } from "../../src/science/random";
import { mean, standardDeviation } from "../../src/science/statistics";

/** Neighbours: few, for little bias; scikit-learn's number. */
const NEIGHBOURS = 3;
/** Of a value's size: parts values that are equal, and moves no other past a neighbour. */
const NOISE = 1e-10;

/** @param x a positive whole number @returns the logarithmic derivative of the gamma function (Abramowitz & Stegun 6.3.6, 6.3.18) */
function digamma(x: number): number {
  let [sum, at] = [0, x];
  for (; at < 10; at++) sum -= 1 / at;
  const inverse = 1 / (at * at);
  return sum + Math.log(at) - 0.5 / at - inverse * (1 / 12 - inverse * (1 / 120 - inverse / 252));
}

/** Of unit variance, equal values parted. */
function prepared(values: Float64Array, random: Random): Float64Array {
  const scale = standardDeviation(values) || 1;
  const scaled = values.map((value) => value / scale);
  const noise = NOISE * Math.max(1, mean(scaled.map(Math.abs)));
  return scaled.map((value) => value + noise * random.normal());
}

/** Keeps the smallest distances, the largest of them last. */
function insert(smallest: Float64Array, distance: number): void {
  let at = smallest.length - 1;
  if (distance >= smallest[at]!) return;
  for (; at > 0 && smallest[at - 1]! > distance; at--) smallest[at] = smallest[at - 1]!;
  smallest[at] = distance;
}

/**
 * Distance to the third nearest star, the larger of the differences in the two quantities counting. Stars are looked at
 * by their difference in the first, the nearest first, until none can be nearer.
 *
 * @param x,y in ascending order of x
 */
function neighbourDistances(x: Float64Array, y: Float64Array): Float64Array {
  return x.map((here, star) => {
    const smallest = new Float64Array(NEIGHBOURS).fill(Number.POSITIVE_INFINITY);
    let [below, above] = [star - 1, star + 1];
    for (;;) {
      const down = below >= 0 ? here - x[below]! : Number.POSITIVE_INFINITY;
      const up = above < x.length ? x[above]! - here : Number.POSITIVE_INFINITY;
      const nearest = Math.min(down, up);
      if (nearest >= smallest[NEIGHBOURS - 1]! || nearest === Number.POSITIVE_INFINITY) return smallest[NEIGHBOURS - 1]!;
      const other = down <= up ? below-- : above++;
      insert(smallest, Math.max(nearest, Math.abs(y[other]! - y[star]!)));
    }
  });
}

/** @returns how many of the sorted values are below a bound */
function countBelow(sorted: Float64Array, bound: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Mean digamma of the number of stars, itself included, that are nearer than each star's distance in one quantity. */
function meanDigamma(values: Float64Array, distances: Float64Array): number {
  const sorted = Float64Array.from(values).sort();
  // Nearer by a hair: the neighbour that set the distance is not counted.
  return mean(
    values.map((value, star) => {
      const near = distances[star]! * (1 - 1e-12);
      return digamma(countBelow(sorted, value + near) - countBelow(sorted, value - near));
    }),
  );
}

/**
 * How much a feature tells of a label, whatever the shape of their relation: mutual information by the distances to
 * nearest neighbours (Kraskov et al. 2004, Phys. Rev. E 69, 066138), as scikit-learn's `mutual_info_regression`.
 *
 * @param seed of the noise that parts equal values
 * @returns [nat] 0 if they are independent
 */
export function mutualInformation(feature: Float64Array, label: Float64Array, seed = 1): number {
  const random = new Random(seed);
  const [xs, ys] = [prepared(feature, random), prepared(label, random)];
  const order = Int32Array.from(xs.keys()).sort((a, b) => xs[a]! - xs[b]!);
  const [x, y] = [xs, ys].map((values) => Float64Array.from(order, (star) => values[star]!));
  const distances = neighbourDistances(x!, y!);
  return Math.max(0, digamma(x!.length) + digamma(NEIGHBOURS) - meanDigamma(x!, distances) - meanDigamma(y!, distances));
}
