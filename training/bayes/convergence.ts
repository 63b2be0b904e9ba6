import { mean } from "../../src/science/statistics";
import { belowQuantile, type ChainSet, folded, rankNormalised, splitChains } from "./chain-sets";

/** Unbiased variance (divided by n - 1). */
function variance(values: ArrayLike<number> & Iterable<number>): number {
  const centre = mean(values);
  let sum = 0;
  for (const value of values) sum += (value - centre) ** 2;
  return sum / (values.length - 1);
}

/** Mean variance within chains, and the variance that all draws together estimate. */
function variances(chains: ChainSet): { within: number; total: number } {
  const draws = chains[0]!.length;
  const within = mean(chains.map((chain) => variance(chain)));
  const between = chains.length > 1 ? variance(chains.map((chain) => mean(chain))) : 0;
  return { within, total: (within * (draws - 1)) / draws + between };
}

function basicRhat(chains: ChainSet): number {
  const { within, total } = variances(chains);
  return Math.sqrt(total / within);
}

/**
 * Whether chains agree: the larger of rank-normalised split R-hat of the draws and of their distances from the median
 * (Vehtari et al. 2021, Bayesian Analysis 16, 667). Below 1.01 they do.
 */
export function rhat(chains: ChainSet): number {
  const split = splitChains(chains);
  return Math.max(basicRhat(rankNormalised(split)), basicRhat(rankNormalised(folded(split))));
}

/** Autocovariance at one lag, divided by the number of draws. */
function autocovariance(draws: Float64Array, centre: number, lag: number): number {
  let sum = 0;
  for (let index = lag; index < draws.length; index++) sum += (draws[index]! - centre) * (draws[index - lag]! - centre);
  return sum / draws.length;
}

/** Draws of a parameter that never moved have no effective size of their own: as many as there are, by convention. */
const isConstant = (chains: ChainSet) => chains.every((draws) => draws.every((value) => value === chains[0]![0]!));

/**
 * Independent draws that would tell the mean as well, by autocorrelations up to where pairs of them stay positive and
 * do not grow again (Geyer 1992; Vehtari et al. 2021, section 3.2).
 */
function effectiveSize(chains: ChainSet): number {
  const draws = chains[0]!.length;
  const all = draws * chains.length;
  if (isConstant(chains)) return all;
  const { within, total } = variances(chains);
  const centres = chains.map((chain) => mean(chain));
  const covariance = (lag: number) => mean(chains.map((chain, index) => autocovariance(chain, centres[index]!, lag)));
  const correlation = (lag: number) => (lag === 0 ? 1 : 1 - (within - covariance(lag)) / total);
  let time = -1;
  let smallest = Number.POSITIVE_INFINITY;
  let next = correlation(0);
  for (let lag = 0; lag < draws - 4; lag += 2) {
    const pair = next + correlation(lag + 1);
    if (!(pair > 0)) break;
    smallest = Math.min(smallest, pair);
    time += 2 * smallest;
    next = correlation(lag + 2);
  }
  // What lies beyond the last pair counts once where it is positive: antithetic chains would else look too good.
  time += Math.max(0, next);
  return all / Math.max(time, 1 / Math.log10(all));
}

/** Effective sample size for the centre of the posterior (Vehtari et al. 2021): at least 400 are wanted. */
export function bulkEffectiveSize(chains: ChainSet): number {
  return effectiveSize(rankNormalised(splitChains(chains)));
}

/** Effective sample size for its 5% and 95% quantiles, the lesser of the two (Vehtari et al. 2021): at least 400 are wanted. */
export function tailEffectiveSize(chains: ChainSet): number {
  return Math.min(...[0.05, 0.95].map((fraction) => effectiveSize(splitChains(belowQuantile(chains, fraction)))));
}
