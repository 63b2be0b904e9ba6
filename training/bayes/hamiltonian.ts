import type { Random } from "../../src/science/random";
import type { LogDensity } from "./log-density";

/** A point of phase space. Never changed once made: trajectories share them. */
export interface PhasePoint {
  readonly position: Float64Array;
  readonly momentum: Float64Array;
  /** of the log density at `position` */
  readonly gradient: Float64Array;
  readonly logDensity: number;
}

/** Dynamics of a particle whose potential is -log density, with one mass a parameter (Neal 2011, arXiv:1206.1901). */
export class Hamiltonian {
  /**
   * @param inverseMass [parameters] positive: the posterior variances, as far as they are known
   */
  constructor(
    private readonly logDensity: LogDensity,
    readonly inverseMass: Float64Array,
  ) {}

  /** A point at rest: it has no momentum yet. */
  at(position: Float64Array): PhasePoint {
    const gradient = new Float64Array(position.length);
    const logDensity = this.logDensity(position, gradient);
    return { position, momentum: new Float64Array(position.length), gradient, logDensity };
  }

  /** The same place with a momentum drawn from the Gaussian that the masses make. */
  kick(point: PhasePoint, random: Random): PhasePoint {
    return { ...point, momentum: this.inverseMass.map((inverse) => random.normal() / Math.sqrt(inverse)) };
  }

  /** @returns whether a particle moves with a direction, given as a momentum, rather than against it or across */
  movesAlong({ momentum }: PhasePoint, direction: Float64Array): boolean {
    let product = 0;
    for (let index = 0; index < momentum.length; index++) product += momentum[index]! * this.inverseMass[index]! * direction[index]!;
    return product > 0;
  }

  /** @returns the total energy; Infinity if the density cannot be computed */
  energy(point: PhasePoint): number {
    const { momentum, logDensity } = point;
    let kinetic = 0;
    for (let index = 0; index < momentum.length; index++) kinetic += 0.5 * momentum[index]! ** 2 * this.inverseMass[index]!;
    const energy = kinetic - logDensity;
    return Number.isNaN(energy) ? Number.POSITIVE_INFINITY : energy;
  }

  /** One leapfrog step: it keeps volumes, can be taken back, and errs in energy by the step's square. @param step negative goes back in time */
  leapfrog({ position, momentum, gradient }: PhasePoint, step: number): PhasePoint {
    const moved = new Float64Array(position.length);
    const pushed = new Float64Array(position.length);
    for (let index = 0; index < moved.length; index++) {
      pushed[index] = momentum[index]! + 0.5 * step * gradient[index]!;
      moved[index] = position[index]! + step * this.inverseMass[index]! * pushed[index]!;
    }
    const next = { ...this.at(moved), momentum: pushed };
    for (let index = 0; index < moved.length; index++) pushed[index]! += 0.5 * step * next.gradient[index]!;
    return next;
  }
}
