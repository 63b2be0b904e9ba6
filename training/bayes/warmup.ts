/** What the warm-up learns at each of its iterations. */
export interface WarmupSchedule {
  /** first iteration whose state counts for the masses */
  readonly start: number;
  /** iterations after which the masses are renewed from the states since the last renewal */
  readonly renewals: readonly number[];
}

/** Stan's (Reference Manual, "HMC algorithm parameters"): find the typical set, learn masses in doubling windows, settle the step. */
const INITIAL = 75;
const FINAL = 50;
const FIRST_WINDOW = 25;

/** Each window is twice the one before; the last takes what would be too short for another. */
function windowEnds(start: number, end: number, first: number): number[] {
  const ends: number[] = [];
  let at = start;
  let window = first;
  while (at < end) {
    const next = at + window;
    window *= 2;
    at = next + window > end ? end : next;
    ends.push(at);
  }
  return ends;
}

/**
 * When to renew the masses during the warm-up.
 *
 * @param iterations of the warm-up; of fewer than 150, 15% begin, 75% learn and 10% settle; of fewer than 20 none learns
 */
export function warmupSchedule(iterations: number): WarmupSchedule {
  if (iterations < 20) return { start: iterations, renewals: [] };
  const isShort = INITIAL + FIRST_WINDOW + FINAL > iterations;
  const start = isShort ? Math.floor(0.15 * iterations) : INITIAL;
  const end = iterations - (isShort ? Math.floor(0.1 * iterations) : FINAL);
  return { start, renewals: windowEnds(start, end, isShort ? end - start : FIRST_WINDOW) };
}

/** Mean and variance of the states of one window, in one pass (Welford 1962, Technometrics 4, 419). */
export class RunningVariance {
  private count = 0;
  private readonly mean: Float64Array;
  private readonly squares: Float64Array;

  constructor(parameters: number) {
    this.mean = new Float64Array(parameters);
    this.squares = new Float64Array(parameters);
  }

  add(values: Float64Array): void {
    this.count++;
    values.forEach((value, index) => {
      const deviation = value - this.mean[index]!;
      this.mean[index]! += deviation / this.count;
      this.squares[index]! += deviation * (value - this.mean[index]!);
    });
  }

  /** Variances drawn towards 10^-3 as five states of that variance would, as Stan does: few states make no bold masses. */
  get shrunk(): Float64Array {
    const { count } = this;
    return this.squares.map((square) => (count / (count + 5)) * (square / Math.max(1, count - 1)) + 1e-3 * (5 / (count + 5)));
  }
}
