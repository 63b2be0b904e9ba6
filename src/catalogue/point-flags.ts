/** @returns one bit per point, the first one in the highest bit of its byte; null if none is set */
export function packFlags(flags: readonly boolean[]): Uint8Array | null {
  if (!flags.includes(true)) return null;
  const bits = new Uint8Array(Math.ceil(flags.length / 8));
  flags.forEach((flag, index) => {
    if (flag) bits[index >> 3]! |= 0x80 >> (index & 7);
  });
  return bits;
}

/** Whether the flag of point `index` is set. */
export const isFlagged = (bits: Uint8Array | null, index: number): boolean =>
  bits !== null && (bits[index >> 3]! & (0x80 >> (index & 7))) !== 0;
