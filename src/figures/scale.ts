export interface Tick {
  readonly value: number;
  /** empty for a minor tick */
  readonly label: string;
}

/** How values lie along an axis. */
export interface Scale {
  /** @returns 0 at the axis's start, 1 at its end; outside them beyond */
  position(value: number): number;
  readonly ticks: readonly Tick[];
}

/** A minus sign as wide as a digit's, as print has it. */
const printed = (value: number, decimals: number) => value.toFixed(decimals).replace("-", "\u2212");

/** @returns the step of 1, 2 or 5 times a power of ten that gives at most `most` steps */
function niceStep(span: number, most: number): number {
  const power = 10 ** Math.floor(Math.log10(span / most));
  const factor = [1, 2, 5, 10].find((candidate) => span / (candidate * power) <= most) ?? 10;
  return factor * power;
}

/** Room on both sides of a range; a range of one value gets some too. */
function padded(min: number, max: number, fraction: number): [number, number] {
  const room = max > min ? (max - min) * fraction : Math.abs(min) * 0.1 || 1;
  return [min - room, max + room];
}

export function linearScale(min: number, max: number, { padding = 0.04, mostTicks = 7 } = {}): Scale {
  const [start, end] = padded(min, max, padding);
  const step = niceStep(end - start, mostTicks);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const first = Math.ceil(start / step);
  const count = Math.floor(end / step) - first + 1;
  const ticks = Array.from({ length: Math.max(0, count) }, (_, i) => {
    const value = (first + i) * step;
    return { value, label: printed(value + 0, decimals) };
  });
  return { position: (value) => (value - start) / (end - start), ticks };
}

/** The same axis from its end to its start: magnitudes are smaller the brighter. */
export const reversed = ({ position, ticks }: Scale): Scale => ({ position: (value) => 1 - position(value), ticks });

/** Numbers of a logarithmic axis: 0.01, 0.5, 20, 3000. */
const plain = (value: number) => printed(value, Math.max(0, -Math.floor(Math.log10(value) + 1e-9)));

/** Over few decades the powers of ten alone would leave the axis bare. */
function labelledDigits(decades: number): readonly number[] {
  if (decades < 1) return [1, 2, 3, 4, 5, 7];
  return decades < 3 ? [1, 2, 5] : [1];
}

/** @param min,max positive */
export function logScale(min: number, max: number, { padding = 0.04 } = {}): Scale {
  const [start, end] = padded(Math.log10(min), Math.log10(max), padding);
  const labelled = labelledDigits(end - start);
  const ticks: Tick[] = [];
  for (let power = Math.floor(start); power <= end; power++) {
    for (let digit = 1; digit <= 9; digit++) {
      const value = digit * 10 ** power;
      const place = Math.log10(value);
      if (place >= start && place <= end) ticks.push({ value, label: labelled.includes(digit) ? plain(value) : "" });
    }
  }
  return { position: (value) => (Math.log10(value) - start) / (end - start), ticks };
}
