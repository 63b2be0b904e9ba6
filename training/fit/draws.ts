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
    [items[last], items[other]] = [items[other]!, items[last]!];
  }
  return items;
}
