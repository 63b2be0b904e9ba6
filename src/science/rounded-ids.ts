/** Smaller ids keep every digit in a double: Gaia's are multiples of 128, and a double has 53 bits (2^53 * 128). */
const EXACT_BELOW = 2n ** 60n;
/** From here on the shortest decimal of a double, at most 17 digits, ends in zeros. */
const ROUNDED_DECIMALS_FROM = 10n ** 17n;
/** Ids made of a sky pixel alone, or round numbers that somebody made up, end in more zeros and prove nothing. */
const [MOST_BITS, MOST_ZEROS] = [16, 4];
/** Evidence [bit] that is enough: of a million tables of true ids, one would look like this. */
const ENOUGH_BITS = 20;
/** For binary zeros, which ids of other makers may have by design. */
const ENOUGH_BINARY_BITS = 40;

function trailingZeros(value: bigint, base: bigint): number {
  let count = 0;
  for (let rest = value; rest > 0n && rest % base === 0n; rest /= base) count++;
  return count;
}

/** Low bits that a double of this size cannot keep, beyond the seven that are zero in Gaia's ids. */
const lostBits = (id: bigint): number => id.toString(2).length - 53 - 7;

/** @returns the evidence with that of one more id; null if the id cannot come from a double */
function withBits(id: bigint, evidence: number): number | null {
  const zeros = trailingZeros(id, 2n);
  const lost = lostBits(id);
  if (zeros < lost + 7) return null;
  return zeros > MOST_BITS ? evidence : evidence + lost;
}

/** As `withBits`, of decimals. */
function withZeros(id: bigint, evidence: number): number | null {
  if (String(Number(id)) !== id.toString()) return null;
  const zeros = trailingZeros(id, 10n);
  return zeros > MOST_ZEROS ? evidence : evidence + zeros * Math.log2(5);
}

/**
 * Notices that a column of whole numbers was a column of floating-point numbers before: all its long ids are numbers that a double
 * holds (multiples of 256 to 1024), or decimals as a double prints (6917528997577384000). Of one id that cannot be known. For true
 * ids each of them is an accident, of a probability of 2^-lost or 5^-zeros, as seven of their bits are zero anyway (Gaia DR3
 * documentation, 20.1.1).
 */
export class RoundedIds {
  private binary: number | null = 0;
  private decimal: number | null = 0;
  private readonly seen = new Set<bigint>();

  /** @returns whether the ids so far show that they were rounded */
  see(id: bigint): boolean {
    if ((this.binary === null && this.decimal === null) || this.seen.has(id)) return false;
    const [binary, decimal] = [this.binary, this.decimal];
    if (binary !== null && id >= EXACT_BELOW) this.binary = withBits(id, binary);
    if (decimal !== null && id >= ROUNDED_DECIMALS_FROM) this.decimal = withZeros(id, decimal);
    // An id that comes again is no more evidence; those that were none need not be remembered.
    if (this.binary !== binary || this.decimal !== decimal) this.seen.add(id);
    return (this.binary ?? 0) >= ENOUGH_BINARY_BITS || (this.decimal ?? 0) >= ENOUGH_BITS;
  }
}
