import { mean, quantile, standardDeviation } from "../../src/science/statistics";
import type { Chain } from "./chain";
import { type ChainSet, pooled } from "./chain-sets";
import { bulkEffectiveSize, rhat, tailEffectiveSize } from "./convergence";

/** The posterior table's row of one parameter. */
export interface ParameterSummary {
  readonly name: string;
  readonly mean: number;
  readonly sd: number;
  readonly q05: number;
  readonly median: number;
  readonly q95: number;
  readonly rhat: number;
  readonly essBulk: number;
  readonly essTail: number;
}

/** What several chains say together. */
export interface Posterior {
  readonly parameters: readonly ParameterSummary[];
  /** one array a parameter: all chains' draws, one chain after the other */
  readonly draws: readonly Float64Array[];
  readonly divergences: number;
  readonly cutOff: number;
}

function summarise(name: string, chains: ChainSet): ParameterSummary {
  const all = pooled(chains);
  const [q05, middle, q95] = [0.05, 0.5, 0.95].map((fraction) => quantile(all, fraction));
  const quality = { rhat: rhat(chains), essBulk: bulkEffectiveSize(chains), essTail: tailEffectiveSize(chains) };
  return { name, mean: mean(all), sd: standardDeviation(all), q05: q05!, median: middle!, q95: q95!, ...quality };
}

/**
 * Summarises chains, in the parameters that are reported rather than those that were sampled.
 *
 * @param names of the reported parameters
 * @param report maps a sampled position to them
 */
export function describePosterior(
  chains: readonly Chain[],
  names: readonly string[],
  report: (position: Float64Array) => ArrayLike<number>,
): Posterior {
  const sets = names.map(() => chains.map(({ draws }) => new Float64Array(draws[0]!.length)));
  chains.forEach(({ draws }, chain) => {
    for (let draw = 0; draw < draws[0]!.length; draw++) {
      const reported = report(Float64Array.from(draws, (values) => values[draw]!));
      sets.forEach((set, parameter) => {
        set[chain]![draw] = reported[parameter]!;
      });
    }
  });
  const total = (count: (chain: Chain) => number) => chains.reduce((sum, chain) => sum + count(chain), 0);
  return {
    parameters: names.map((name, parameter) => summarise(name, sets[parameter]!)),
    draws: sets.map(pooled),
    divergences: total(({ divergences }) => divergences),
    cutOff: total(({ cutOff }) => cutOff),
  };
}

/** Vehtari et al. 2021: chains agree below this, and have said enough above 100 effective draws a chain of four. */
const RHAT_LIMIT = 1.01;
const FEWEST_EFFECTIVE = 400;

/** @returns what is wrong with the sampling, as sentences; none if it can be trusted */
export function samplingFaults({ parameters, divergences, cutOff }: Posterior): string[] {
  const apart = parameters.filter(({ rhat: value }) => !(value < RHAT_LIMIT)).map(({ name }) => name);
  const few = parameters.filter(({ essBulk, essTail }) => !(Math.min(essBulk, essTail) >= FEWEST_EFFECTIVE)).map(({ name }) => name);
  return [
    apart.length > 0 ? `the chains disagree (R-hat of ${RHAT_LIMIT} or more) on ${apart.join(", ")}` : "",
    few.length > 0 ? `fewer than ${FEWEST_EFFECTIVE} effective draws of ${few.join(", ")}` : "",
    divergences > 0 ? `${divergences} trajectories diverged` : "",
    cutOff > 0 ? `${cutOff} trajectories were cut off before they turned` : "",
  ].filter((fault) => fault !== "");
}
