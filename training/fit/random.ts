import { createHash } from "node:crypto";

/**
 * A seeded stream of random numbers: sfc32 (C. Doty-Humphrey, PractRand). Each use gets a stream of its own, named
 * by what it is for, so that drawing more of one leaves the others as they were.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number, ...purpose: readonly (string | number)[]) {
    const digest = createHash("sha256")
      .update([seed, ...purpose].join("/"))
      .digest();
    this.#a = digest.readInt32LE(0);
    this.#b = digest.readInt32LE(4);
    this.#c = digest.readInt32LE(8);
  }

  /** @returns uniform in [0, 1) */
  uniform(): number {
    const sum = (this.#a + this.#b + this.#counter++) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  }

  /** @returns standard normal (Box and Muller) */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Shuffles in place (Fisher and Yates). */
  shuffle<T extends Int32Array | unknown[]>(items: T): T {
    for (let last = items.length - 1; last > 0; last--) {
      const other = Math.floor(this.uniform() * (last + 1));
      [items[last], items[other]] = [items[other], items[last]];
    }
    return items;
  }

  /** @returns `size` numbers that are 0 with probability `rate`, else 1 / (1 - rate): inverted dropout */
  dropoutMask(size: number, rate: number): Float32Array {
    const mask = new Float32Array(size).fill(1 / (1 - rate));
    // The gaps between dropped units are geometric: at a rate of 0.02 this draws 50 times fewer numbers.
    const perGap = 1 / Math.log1p(-rate);
    const gap = () => Math.floor(Math.log(1 - this.uniform()) * perGap);
    for (let index = gap(); index < size; index += 1 + gap()) mask[index] = 0;
    return mask;
  }
}
