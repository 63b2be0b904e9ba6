/** A smooth function at a point. */
export interface Evaluated {
  readonly value: number;
  readonly gradient: Float64Array;
}

/** Steps whose curvature is remembered. */
const MEMORY = 10;
const ENOUGH_DECREASE = 1e-4;

interface Step {
  readonly move: Float64Array;
  readonly change: Float64Array;
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const along = (start: Float64Array, direction: Float64Array, length: number) => start.map((value, i) => value + length * direction[i]!);

/** Minus the inverse curvature times the gradient, by the two loops of Nocedal (1980). */
function directionOf(gradient: Float64Array, steps: readonly Step[]): Float64Array {
  let direction = gradient.map((value) => -value);
  const shares: number[] = [];
  for (const { move, change } of [...steps].reverse()) {
    const share = dot(move, direction) / dot(move, change);
    shares.unshift(share);
    direction = along(direction, change, -share);
  }
  const last = steps.at(-1);
  const scale = last ? dot(last.move, last.change) / dot(last.change, last.change) : 1 / Math.max(1, Math.sqrt(dot(gradient, gradient)));
  direction = direction.map((value) => scale * value);
  steps.forEach(({ move, change }, i) => {
    direction = along(direction, move, shares[i]! - dot(change, direction) / dot(move, change));
  });
  return direction;
}

interface Place extends Evaluated {
  readonly point: Float64Array;
}

/** Halves the step until it lowers the value enough (Armijo 1966). @returns null where no step does */
function stepAlong(evaluate: (point: Float64Array) => Evaluated, from: Place, direction: Float64Array): Place | null {
  const slope = dot(direction, from.gradient);
  if (!(slope < -1e-12)) return null;
  for (let length = 1; length >= 1e-8; length /= 2) {
    const point = along(from.point, direction, length);
    const there = evaluate(point);
    if (there.value <= from.value + ENOUGH_DECREASE * length * slope) return { point, ...there };
  }
  return null;
}

/**
 * Minimises a smooth function by limited-memory BFGS with a backtracking line search.
 *
 * @param steps the most that are taken
 * @param isEnough asked after each step, with the value; absent: only the steps and the slope end it
 * @returns the best point
 */
export function minimise(
  evaluate: (point: Float64Array) => Evaluated,
  start: Float64Array,
  steps: number,
  isEnough: (value: number, step: number) => boolean = () => false,
): Float64Array {
  let here: Place = { point: start, ...evaluate(start) };
  const memory: Step[] = [];
  for (let step = 0; step < steps; step++) {
    const there = stepAlong(evaluate, here, directionOf(here.gradient, memory));
    if (there === null) break;
    const move = along(there.point, here.point, -1);
    const change = along(there.gradient, here.gradient, -1);
    if (dot(move, change) > 1e-12) memory.push({ move, change });
    if (memory.length > MEMORY) memory.shift();
    const gained = here.value - there.value;
    here = there;
    if (gained < 1e-9 * (1 + Math.abs(here.value)) || isEnough(here.value, step)) break;
  }
  return here.point;
}
