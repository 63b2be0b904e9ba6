/** A set of missing inputs that fewer rows have is none to expect: this share, or this number. */
const LEAST_SHARE = 0.01;
const LEAST_ROWS = 15;

/**
 * The sets of inputs that are missing together.
 *
 * @param raw [all rows, columns] NaN where missing
 * @returns the most frequent first; of each [columns] 1 where missing
 */
export function gapsOf(raw: Float32Array, columns: number, rows: Int32Array): Uint8Array[] {
  const found = new Map<string, { gap: Uint8Array; count: number }>();
  for (const row of rows) {
    const gap = Uint8Array.from(raw.subarray(row * columns, (row + 1) * columns), (value) => Number(Number.isNaN(value)));
    const known = found.get(gap.join(""));
    if (known) known.count++;
    else found.set(gap.join(""), { gap, count: 1 });
  }
  const least = Math.max(LEAST_ROWS, LEAST_SHARE * rows.length);
  const frequent = [...found.values()].filter(({ count }) => count >= least);
  return frequent.sort((a, b) => b.count - a.count).map(({ gap }) => gap);
}
