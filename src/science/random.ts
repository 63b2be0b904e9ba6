/** Mixes 32 bits so that neighbouring seeds give unrelated states (the finaliser of MurmurHash3, Appleby 2011). */
function mix(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/**
 * Repeatable random numbers: xoshiro128** 1.1 (Blackman & Vigna 2021, ACM TOMS 47, 36), period 2^128 - 1.
 *
 * A `stream` is a sequence of its own under the same seed: one stream a star makes a star independent of how
 * many were drawn before it, and so of chunk sizes and of the order of work.
 */
export class Random {
  private readonly state: [number, number, number, number];
  private spareNormal: number | null = null;

  /**
   * @param seed whole number, 0 to 2^32 - 1
   * @param stream whole number, 0 to 2^32 - 1
   */
  constructor(seed: number, stream = 0) {
    const start = mix(seed ^ mix(stream + 0x9e3779b9));
    const word = (n: number) => mix(start + Math.imul(n, 0x9e3779b9)) ^ mix(stream ^ Math.imul(n, 0x7f4a7c15));
    this.state = [word(1) | 1, word(2), word(3), word(4)];
  }

  /** Continues from a known state, as a comparison with the reference implementation needs it. */
  static fromState(state: readonly [number, number, number, number]): Random {
    const random = new Random(0);
    random.state.splice(0, 4, ...state);
    return random;
  }

  /** @returns a whole number, 0 to 2^32 - 1 */
  uint32(): number {
    const s = this.state;
    const product = Math.imul(s[1], 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = (s[3] << 11) | (s[3] >>> 21);
    return result;
  }

  /** @returns a number in the open interval (0, 1), so that its logarithm exists */
  uniform(): number {
    return (this.uint32() + 0.5) / 4294967296;
  }

  /** @returns a number between `from` and `to` */
  between(from: number, to: number): number {
    return from + (to - from) * this.uniform();
  }

  /** @returns a standard normal deviate (Box & Muller 1958) */
  normal(): number {
    if (this.spareNormal !== null) {
      const spare = this.spareNormal;
      this.spareNormal = null;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log(this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.spareNormal = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }
}
