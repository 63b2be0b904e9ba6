import type { Random } from "../../../src/science/random";

/** @returns `size` numbers that are 0 with probability `rate`, else 1 / (1 - rate): inverted dropout */
export function dropoutMask(size: number, rate: number, random: Random): Float32Array {
  const mask = new Float32Array(size).fill(1 / (1 - rate));
  // The gaps between dropped units are geometric: at a rate of 0.02 this draws 50 times fewer numbers.
  const perGap = 1 / Math.log1p(-rate);
  const gap = () => Math.floor(Math.log(random.uniform()) * perGap);
  for (let index = gap(); index < size; index += 1 + gap()) mask[index] = 0;
  return mask;
}
