import { choleskyFactor, choleskySolve } from "../cholesky";

/** A cubic spline over one cycle that goes on where it began, with its slope and its curvature. */
export interface PeriodicSpline {
  /** [knots] [cycles] 0 <= phase < 1, ascending */
  readonly phase: Float64Array;
  /** [knots] [mag] */
  readonly mag: Float64Array;
  /** [knots] second derivative [mag / cycle²] */
  readonly curvature: Float64Array;
}

/** Points of one phase, as the spline's knots must differ. */
interface Knots {
  readonly phase: Float64Array;
  readonly mag: Float64Array;
  /** points that a knot stands for */
  readonly weight: Float64Array;
  /** [cycles] to the next knot, over the cycle's end behind the last */
  readonly gap: Float64Array;
}

/** [cycles] Points closer than this are one knot, their mean: what a light curve does in between nobody can see. */
const SAME_PHASE = 1e-3;
/** A cubic spline that closes on itself needs so many. */
const FEWEST_KNOTS = 4;
/** Halvings of the logarithm of the stiffness: from 26 decades to a millionth of one. */
const HALVINGS = 24;

function knotsOf(phase: ArrayLike<number>, mag: ArrayLike<number>): Knots {
  const groups: { phase: number; mag: number; count: number }[] = [];
  for (let point = 0; point < phase.length; point++) {
    const last = groups.at(-1);
    if (last && phase[point]! - last.phase < SAME_PHASE) {
      last.mag += (mag[point]! - last.mag) / ++last.count;
    } else groups.push({ phase: phase[point]!, mag: mag[point]!, count: 1 });
  }
  return {
    phase: Float64Array.from(groups, (one) => one.phase),
    mag: Float64Array.from(groups, (one) => one.mag),
    weight: Float64Array.from(groups, ({ count }) => count),
    gap: Float64Array.from(groups, (one, index) => (groups[index + 1]?.phase ?? groups[0]!.phase + 1) - one.phase),
  };
}

/** Entries of Q [n, n], whose transpose takes values at the knots to the jumps of their slope. @returns for column i: its rows and entries */
function slopeJump({ gap }: Knots, column: number): [row: number, entry: number][] {
  const n = gap.length;
  const [before, after] = [gap[(column + n - 1) % n]!, gap[column]!];
  return [
    [(column + n - 1) % n, 1 / before],
    [column, -1 / before - 1 / after],
    [(column + 1) % n, 1 / after],
  ];
}

/** [n, n] what each curvature adds to the slope's jump (R), and Qᵀ W⁻¹ Q. */
function matrices(knots: Knots): { stiff: Float64Array; bend: Float64Array } {
  const { gap, weight } = knots;
  const n = gap.length;
  const stiff = new Float64Array(n * n);
  const bend = new Float64Array(n * n);
  const columns = Array.from({ length: n }, (_, column) => slopeJump(knots, column));
  for (let i = 0; i < n; i++) {
    const next = (i + 1) % n;
    stiff[i * n + i]! += (gap[(i + n - 1) % n]! + gap[i]!) / 3;
    stiff[i * n + next]! += gap[i]! / 6;
    stiff[next * n + i]! += gap[i]! / 6;
    for (const [row, entry] of columns[i]!) {
      for (let j = 0; j < n; j++)
        for (const [other, factor] of columns[j]!) if (other === row) bend[i * n + j]! += (entry * factor) / weight[row]!;
    }
  }
  return { stiff, bend };
}

/** The smoothing spline of one stiffness (Green & Silverman 1994, "Nonparametric Regression", section 2.3, closed on itself). */
function smoothWith(knots: Knots, { stiff, bend }: ReturnType<typeof matrices>, stiffness: number): PeriodicSpline | null {
  const { phase, mag, weight } = knots;
  const n = phase.length;
  const factor = choleskyFactor(
    stiff.map((entry, at) => entry + stiffness * bend[at]!),
    n,
  );
  if (!factor) return null;
  const columns = Array.from({ length: n }, (_, column) => slopeJump(knots, column));
  const jumps = columns.map((column) => column.reduce((sum, [row, entry]) => sum + entry * mag[row]!, 0));
  const curvature = choleskySolve(factor, jumps);
  const smooth = Float64Array.from(mag);
  columns.forEach((column, index) => {
    for (const [row, entry] of column) smooth[row]! -= (stiffness * entry * curvature[index]!) / weight[row]!;
  });
  return { phase, mag: smooth, curvature };
}

/**
 * A smoothing spline through one cycle: as stiff as it can be with the points no further from it than their scatter
 * lets expect, at the lower end of what chance does (Reinsch 1967, Numer. Math. 10, 177), as a spline follows noise a little.
 *
 * @param phase [points] [cycles] 0 <= phase < 1, ascending
 * @param mag [points] [mag]
 * @param scatter [mag] of a point about the true curve
 * @returns null where fewer than four phases differ
 */
export function smoothPeriodic(phase: ArrayLike<number>, mag: ArrayLike<number>, scatter: number): PeriodicSpline | null {
  const knots = knotsOf(phase, mag);
  const count = knots.phase.length;
  if (count < FEWEST_KNOTS) return null;
  const parts = matrices(knots);
  const expected = (count - Math.sqrt(2 * count)) * scatter ** 2;
  const isTooStiff = (spline: PeriodicSpline) =>
    spline.mag.reduce((sum, value, knot) => sum + knots.weight[knot]! * (value - knots.mag[knot]!) ** 2, 0) > expected;
  let [soft, hard] = [-20, 6];
  let best = smoothWith(knots, parts, 10 ** soft);
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (soft + hard) / 2;
    const spline = smoothWith(knots, parts, 10 ** middle);
    if (spline === null || isTooStiff(spline)) hard = middle;
    else [soft, best] = [middle, spline];
  }
  return best;
}

/** @param at [cycles] 0 <= at < 1 @returns [mag] */
export function splineAt({ phase, mag, curvature }: PeriodicSpline, at: number): number {
  const n = phase.length;
  // Before the first knot the cycle's last piece goes on.
  const t = at < phase[0]! ? at + 1 : at;
  let left = n - 1;
  while (left > 0 && phase[left]! > t) left--;
  const right = (left + 1) % n;
  const gap = right === 0 ? phase[0]! + 1 - phase[left]! : phase[right]! - phase[left]!;
  const [from, to] = [t - phase[left]!, phase[left]! + gap - t];
  const bend = (1 + from / gap) * curvature[right]! + (1 + to / gap) * curvature[left]!;
  return (from * mag[right]! + to * mag[left]!) / gap - ((from * to) / 6) * bend;
}
