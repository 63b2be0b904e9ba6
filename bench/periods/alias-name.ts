/** [1/d] Frequencies of Gaia's sampling: its spin, the 106.5° between its fields, the precession of the spin axis, the year. */
const SAMPLING: readonly (readonly [name: string, frequency: number])[] = [
  ["spin (4/d)", 4],
  ["fields of view (13.52/d)", 13.52],
  ["precession (5.8/yr)", 5.8 / 365.25],
  ["year", 1 / 365.25],
];

/**
 * Names the relation of a wrong frequency to the true one.
 *
 * @param span [d] of the observations; frequencies that differ by less than 2/span count as equal
 */
export function aliasName(trueFrequency: number, found: number, span: number): string {
  const isNear = (frequency: number) => Math.abs(found - frequency) < 2 / span;
  for (const [name, ratio] of [
    ["half the period", 2],
    ["twice the period", 0.5],
  ] as const)
    if (isNear(ratio * trueFrequency)) return name;
  for (const [name, sampling] of SAMPLING) {
    for (const harmonic of [1, 2, 0.5]) {
      const offsets = [harmonic * trueFrequency + sampling, harmonic * trueFrequency - sampling, sampling - harmonic * trueFrequency];
      if (offsets.some(isNear)) return name;
    }
  }
  return isNear(trueFrequency) ? "next peak" : "other";
}
