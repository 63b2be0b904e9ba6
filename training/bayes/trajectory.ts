import type { Random } from "../../src/science/random";
import type { Hamiltonian, PhasePoint } from "./hamiltonian";

/** An error of the energy beyond which leapfrog steps have left the true path: Stan's limit. */
const DIVERGENCE = 1000;

/** A piece of a trajectory, in the order of time, and the one state chosen from it. */
export interface Trajectory {
  readonly earliest: PhasePoint;
  readonly latest: PhasePoint;
  /** [parameters] of all its states */
  readonly momentumSum: Float64Array;
  /** log of the sum over its states of exp(energy at the start - energy) */
  readonly logWeight: number;
  /** a state drawn by its weight */
  readonly chosen: PhasePoint;
  /** it bends back upon itself, or left the true path: it must not be extended */
  readonly hasEnded: boolean;
}

/** What is counted while trajectories grow. */
export interface Tally {
  leapfrogs: number;
  /** of min(1, exp(energy at the start - energy)) */
  acceptanceSum: number;
  diverged: boolean;
}

function logAddExp(a: number, b: number): number {
  const [low, high] = a < b ? [a, b] : [b, a];
  return low === Number.NEGATIVE_INFINITY ? high : high + Math.log1p(Math.exp(low - high));
}

function sum(a: Float64Array, b: Float64Array): Float64Array {
  const total = new Float64Array(a.length);
  for (let index = 0; index < a.length; index++) total[index] = a[index]! + b[index]!;
  return total;
}

/** The momenta's sum no longer points the way that both ends move (Betancourt 2017, arXiv:1701.02434, appendix A.4). */
function hasTurned(hamiltonian: Hamiltonian, start: PhasePoint, end: PhasePoint, momentumSum: Float64Array): boolean {
  return !hamiltonian.movesAlong(start, momentumSum) || !hamiltonian.movesAlong(end, momentumSum);
}

/**
 * Whether two pieces, one after the other, bend back as a whole or across their seam. The seam is looked at for
 * posteriors whose trajectories come round in a whole number of doublings (Stan 2.21, stan-dev/stan#2800).
 */
function turnsAcross(hamiltonian: Hamiltonian, first: Trajectory, second: Trajectory): boolean {
  return (
    hasTurned(hamiltonian, first.earliest, second.latest, sum(first.momentumSum, second.momentumSum)) ||
    hasTurned(hamiltonian, first.earliest, second.earliest, sum(first.momentumSum, second.earliest.momentum)) ||
    hasTurned(hamiltonian, first.latest, second.latest, sum(second.momentumSum, first.latest.momentum))
  );
}

/** Two pieces as one, in the order of time. */
export function join(hamiltonian: Hamiltonian, first: Trajectory, second: Trajectory, chosen: PhasePoint): Trajectory {
  return {
    earliest: first.earliest,
    latest: second.latest,
    momentumSum: sum(first.momentumSum, second.momentumSum),
    logWeight: logAddExp(first.logWeight, second.logWeight),
    chosen,
    hasEnded: first.hasEnded || second.hasEnded || turnsAcross(hamiltonian, first, second),
  };
}

/** How a trajectory is extended. */
export interface Extension {
  readonly hamiltonian: Hamiltonian;
  /** negative: back in time */
  readonly step: number;
  readonly startEnergy: number;
  readonly random: Random;
  readonly tally: Tally;
}

function oneStep(from: PhasePoint, { hamiltonian, step, startEnergy, tally }: Extension): Trajectory {
  const point = hamiltonian.leapfrog(from, step);
  const logWeight = startEnergy - hamiltonian.energy(point);
  const diverged = !(logWeight >= -DIVERGENCE);
  tally.leapfrogs++;
  tally.acceptanceSum += Math.min(1, Math.exp(logWeight));
  tally.diverged ||= diverged;
  return { earliest: point, latest: point, momentumSum: point.momentum, logWeight, chosen: point, hasEnded: diverged };
}

/**
 * Takes 2^depth steps from a state, fewer where a part of them bends back or diverges.
 *
 * @param from the end that is extended; it is not among the new states
 */
export function extend(from: PhasePoint, depth: number, extension: Extension): Trajectory {
  if (depth === 0) return oneStep(from, extension);
  const near = extend(from, depth - 1, extension);
  if (near.hasEnded) return near;
  const { hamiltonian, step, random } = extension;
  const far = extend(step > 0 ? near.latest : near.earliest, depth - 1, extension);
  if (far.hasEnded) return far;
  const takesFar = Math.log(random.uniform()) < far.logWeight - logAddExp(near.logWeight, far.logWeight);
  const [first, second] = step > 0 ? [near, far] : [far, near];
  return join(hamiltonian, first, second, takesFar ? far.chosen : near.chosen);
}
