import type { Random } from "../../src/science/random";
import type { Hamiltonian, PhasePoint } from "./hamiltonian";
import { extend, join, type Tally, type Trajectory } from "./trajectory";

/** Trajectories of at most 2^10 steps: Stan's limit. */
const MAX_DEPTH = 10;

/** One move of a chain. */
export interface Transition {
  readonly state: PhasePoint;
  /** mean over the trajectory of min(1, exp(energy lost)): what the step size is tuned by */
  readonly acceptance: number;
  readonly diverged: boolean;
  readonly leapfrogs: number;
  /** the trajectory was cut off at its greatest length, before it turned */
  readonly isCutOff: boolean;
}

/**
 * Moves a chain by the No-U-Turn sampler (Hoffman & Gelman 2014, JMLR 15, 1593), in the variant that draws the next
 * state from the whole trajectory by its weight (Betancourt 2017, arXiv:1701.02434), as Stan does: the trajectory
 * doubles, ahead or back in time at random, until it would turn back upon itself.
 *
 * @param step leapfrog step, positive
 */
export function noUTurnTransition(hamiltonian: Hamiltonian, from: PhasePoint, step: number, random: Random): Transition {
  const start = hamiltonian.kick(from, random);
  const tally: Tally = { leapfrogs: 0, acceptanceSum: 0, diverged: false };
  const extension = { hamiltonian, startEnergy: hamiltonian.energy(start), random, tally };
  let whole: Trajectory = {
    earliest: start,
    latest: start,
    momentumSum: start.momentum,
    logWeight: 0,
    chosen: start,
    hasEnded: false,
  };
  let depth = 0;
  while (!whole.hasEnded && depth < MAX_DEPTH) {
    const isAhead = random.uniform() < 0.5;
    const piece = extend(isAhead ? whole.latest : whole.earliest, depth, { ...extension, step: isAhead ? step : -step });
    if (piece.hasEnded) break;
    // Weighed against the old part alone, not the sum: the chain moves on as far as detailed balance lets it.
    const moves = Math.log(random.uniform()) < piece.logWeight - whole.logWeight;
    const [first, second] = isAhead ? [whole, piece] : [piece, whole];
    whole = join(hamiltonian, first, second, moves ? piece.chosen : whole.chosen);
    depth++;
  }
  return {
    state: whole.chosen,
    acceptance: tally.acceptanceSum / tally.leapfrogs,
    diverged: tally.diverged,
    leapfrogs: tally.leapfrogs,
    isCutOff: depth === MAX_DEPTH,
  };
}
