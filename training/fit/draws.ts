import { Random } from "../../src/science/random";

/** Each use of random numbers in a fit has a stream of its own: drawing more of one leaves the others as they were. */
const STREAMS = { weights: 1, shuffle: 2, dropout: 3 } as const;

export function randomFor(purpose: keyof typeof STREAMS, seed: number): Random {
  return new Random(seed, STREAMS[purpose]);
}

/** Shuffles in place (Fisher and Yates). */
export function shuffle(items: Int32Array, random: Random): Int32Array {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(random.uniform() * (last + 1));
    [items[last], items[other]] = [items[other], items[last]];
  }
  return items;
}

/** @returns `size` numbers that are 0 with probability `rate`, else 1 / (1 - rate): inverted dropout */
export function dropoutMask(size: number, rate: number, random: Random): Float32Array {
  const mask = new Float32Array(size).fill(1 / (1 - rate));
  // The gaps between dropped units are geometric: at a rate of 0.02 this draws 50 times fewer numbers.
  const perGap = 1 / Math.log1p(-rate);
  const gap = () => Math.floor(Math.log(random.uniform()) * perGap);
  for (let index = gap(); index < size; index += 1 + gap()) mask[index] = 0;
  return mask;
}
