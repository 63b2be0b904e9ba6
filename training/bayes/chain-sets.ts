import { median, quantile } from "../../src/science/statistics";
import { normalQuantile } from "./normal-quantile";

/** One parameter's draws, one array a chain, all of one length. */
export type ChainSet = readonly Float64Array[];

/** Each chain as two, the middle draw of an odd number left out: a chain that drifts disagrees with itself. */
export function splitChains(chains: ChainSet): Float64Array[] {
  return chains.flatMap((draws) => {
    const half = Math.floor(draws.length / 2);
    return [draws.slice(0, half), draws.slice(draws.length - half)];
  });
}

/** All the chains' draws, one chain after the other. */
export function pooled(chains: ChainSet): Float64Array {
  const length = chains[0]!.length;
  const all = new Float64Array(chains.length * length);
  chains.forEach((draws, chain) => {
    all.set(draws, chain * length);
  });
  return all;
}

function shaped(values: Float64Array, like: ChainSet): Float64Array[] {
  return like.map((draws, chain) => values.slice(chain * draws.length, (chain + 1) * draws.length));
}

/** @returns the rank of each value, from 1; equal values share the mean of their ranks */
export function ranks(values: Float64Array): Float64Array {
  const order = Int32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  const result = new Float64Array(values.length);
  for (let first = 0; first < order.length; ) {
    let last = first;
    while (last + 1 < order.length && values[order[last + 1]!] === values[order[first]!]) last++;
    for (let place = first; place <= last; place++) result[order[place]!] = (first + last) / 2 + 1;
    first = last + 1;
  }
  return result;
}

/** Draws replaced by the Gaussian quantiles of their ranks among all: posteriors without a variance get one (Vehtari et al. 2021, eq. 14). */
export function rankNormalised(chains: ChainSet): Float64Array[] {
  const all = ranks(pooled(chains));
  return shaped(
    all.map((rank) => normalQuantile((rank - 0.375) / (all.length + 0.25))),
    chains,
  );
}

/** Distances from the median: chains that agree in place may yet disagree in spread. */
export function folded(chains: ChainSet): Float64Array[] {
  const centre = median(pooled(chains));
  return chains.map((draws) => draws.map((value) => Math.abs(value - centre)));
}

/** 1 for draws at or below the quantile, else 0. */
export function belowQuantile(chains: ChainSet, fraction: number): Float64Array[] {
  const bound = quantile(pooled(chains), fraction);
  return chains.map((draws) => draws.map((value) => Number(value <= bound)));
}
