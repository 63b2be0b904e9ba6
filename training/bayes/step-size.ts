import type { Random } from "../../src/science/random";
import type { Hamiltonian, PhasePoint } from "./hamiltonian";

/** Constants of Hoffman & Gelman 2014 (JMLR 15, 1593), section 3.2.1. */
const SHRINKAGE = 0.05;
const STEADINESS = 10;
const FORGETTING = 0.75;

/** Tunes the leapfrog step by dual averaging until trajectories are accepted as often as wanted. */
export class StepSize {
  private readonly centre: number;
  private count = 0;
  private meanShortfall = 0;
  private logStep: number;
  private logAverage = 0;

  /**
   * @param first a step of about the right size
   * @param wanted mean acceptance; Stan's 0.8, higher for smaller steps
   */
  constructor(
    first: number,
    private readonly wanted: number,
  ) {
    this.logStep = Math.log(first);
    this.centre = Math.log(10 * first); // steps that are too long cost less time to try
  }

  /** @returns the step to try next */
  get current(): number {
    return Math.exp(this.logStep);
  }

  /** @returns the step to keep once tuning has ended; the first one where nothing was learnt */
  get average(): number {
    return this.count === 0 ? this.current : Math.exp(this.logAverage);
  }

  learn(acceptance: number): void {
    this.count++;
    const weight = 1 / (this.count + STEADINESS);
    this.meanShortfall = (1 - weight) * this.meanShortfall + weight * (this.wanted - acceptance);
    this.logStep = this.centre - (this.meanShortfall * Math.sqrt(this.count)) / SHRINKAGE;
    const share = this.count ** -FORGETTING;
    this.logAverage = share * this.logStep + (1 - share) * this.logAverage;
  }
}

/** Doublings or halvings after which no step will do: the density is flat, or impossible everywhere. */
const MOST_HALVINGS = 60;

/**
 * Finds a step of about the right size: doubles or halves one until a single leapfrog is accepted about as often as
 * `wanted` (Hoffman & Gelman 2014, algorithm 4).
 *
 * @throws RangeError if there is none
 */
export function reasonableStep(hamiltonian: Hamiltonian, at: PhasePoint, first: number, wanted: number, random: Random): number {
  const isAccepted = (step: number) => {
    const start = hamiltonian.kick(at, random);
    return hamiltonian.energy(start) - hamiltonian.energy(hamiltonian.leapfrog(start, step)) > Math.log(wanted);
  };
  const grows = isAccepted(first);
  let step = first;
  for (let turn = 0; turn < MOST_HALVINGS; turn++) {
    step = grows ? step * 2 : step / 2;
    if (isAccepted(step) !== grows) return step;
  }
  throw new RangeError(`No leapfrog step suits this density: ${step} is still too ${grows ? "short" : "long"}. It may not be proper.`);
}
