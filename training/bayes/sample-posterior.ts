import { Random } from "../../src/science/random";
import { type Chain, type ChainSettings, runChain } from "./chain";
import type { LogDensity } from "./log-density";

export interface SamplerSettings extends ChainSettings {
  readonly chains: number;
  readonly seed: number;
}

/** Stan's. */
export const SAMPLER: SamplerSettings = { chains: 4, warmup: 1000, draws: 1000, acceptance: 0.8, seed: 1 };

/**
 * Draws from a posterior by several chains of the No-U-Turn sampler, each with random numbers of its own and a start
 * of its own: chains that agree have forgotten where they came from.
 *
 * @param start [parameters] a likely place
 * @param scale [parameters] chains start up to this far on both sides of it
 * @throws RangeError if the density is not proper, or not a number at a start
 */
export function samplePosterior(
  logDensity: LogDensity,
  start: Float64Array,
  scale: Float64Array,
  settings: SamplerSettings = SAMPLER,
): Chain[] {
  return Array.from({ length: settings.chains }, (_, index) => {
    const random = new Random(settings.seed, index);
    const begin = start.map((value, parameter) => value + scale[parameter]! * random.between(-1, 1));
    return runChain(logDensity, begin, settings, random);
  });
}
