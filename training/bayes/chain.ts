import type { Random } from "../../src/science/random";
import { Hamiltonian, type PhasePoint } from "./hamiltonian";
import type { LogDensity } from "./log-density";
import { noUTurnTransition } from "./no-u-turn";
import { reasonableStep, StepSize } from "./step-size";
import { RunningVariance, warmupSchedule } from "./warmup";

/** How long a chain is. */
export interface ChainSettings {
  /** iterations that tune the sampler and are thrown away */
  readonly warmup: number;
  readonly draws: number;
  /** mean acceptance that the step is tuned to, 0 to 1 */
  readonly acceptance: number;
}

/** What a chain leaves behind. */
export interface Chain {
  /** one array [draws] a parameter */
  readonly draws: readonly Float64Array[];
  /** trajectories after the warm-up that left the true path: where there are any, the draws miss a part of the posterior */
  readonly divergences: number;
  /** trajectories after the warm-up that were cut off before they turned */
  readonly cutOff: number;
  readonly leapfrogs: number;
  readonly step: number;
  /** [parameters] */
  readonly inverseMass: Float64Array;
}

interface Tuned {
  readonly hamiltonian: Hamiltonian;
  readonly state: PhasePoint;
  readonly step: number;
}

/** Finds the typical set, the masses and the step. */
function warmUp(logDensity: LogDensity, start: Float64Array, { warmup, acceptance }: ChainSettings, random: Random): Tuned {
  const schedule = warmupSchedule(warmup);
  let hamiltonian = new Hamiltonian(logDensity, new Float64Array(start.length).fill(1));
  let state = hamiltonian.at(start);
  let step = new StepSize(reasonableStep(hamiltonian, state, 1, acceptance, random), acceptance);
  let variance = new RunningVariance(start.length);
  for (let iteration = 0; iteration < warmup; iteration++) {
    const moved = noUTurnTransition(hamiltonian, state, step.current, random);
    state = moved.state;
    step.learn(moved.acceptance);
    if (iteration >= schedule.start) variance.add(state.position);
    if (!schedule.renewals.includes(iteration + 1)) continue;
    hamiltonian = new Hamiltonian(logDensity, variance.shrunk);
    variance = new RunningVariance(start.length);
    step = new StepSize(reasonableStep(hamiltonian, state, step.current, acceptance, random), acceptance);
  }
  return { hamiltonian, state, step: step.average };
}

/**
 * One chain of the No-U-Turn sampler, tuned as Stan does.
 *
 * @param start [parameters] where the density can be computed
 * @throws RangeError if it cannot, or the density is not proper
 */
export function runChain(logDensity: LogDensity, start: Float64Array, settings: ChainSettings, random: Random): Chain {
  if (!Number.isFinite(logDensity(start, new Float64Array(start.length))))
    throw new RangeError(`A chain cannot start at ${start.join(", ")}: the density there is not a number.`);
  const { hamiltonian, state: tuned, step } = warmUp(logDensity, start, settings, random);
  const draws = Array.from(start, () => new Float64Array(settings.draws));
  let state = tuned;
  let divergences = 0;
  let cutOff = 0;
  let leapfrogs = 0;
  for (let draw = 0; draw < settings.draws; draw++) {
    const moved = noUTurnTransition(hamiltonian, state, step, random);
    state = moved.state;
    divergences += Number(moved.diverged);
    cutOff += Number(moved.isCutOff);
    leapfrogs += moved.leapfrogs;
    draws.forEach((values, parameter) => {
      values[draw] = state.position[parameter]!;
    });
  }
  return { draws, divergences, cutOff, leapfrogs, step, inverseMass: hamiltonian.inverseMass };
}
