import type { CrossValidatedError } from "./cross-validated-error";

/** One step of a sequential selection. */
export interface SelectionStep {
  /** the feature that was added, or taken away */
  readonly feature: string;
  /** features then in use */
  readonly size: number;
  /** cross-validated, in the label's unit */
  readonly rmse: number;
}

interface Choice {
  readonly feature: number;
  readonly rmse: number;
}

/** @returns the change that leaves the smallest error; the first of equal ones */
function best(candidates: readonly number[], rmseWith: (feature: number) => number): Choice {
  return candidates
    .map((feature) => ({ feature, rmse: rmseWith(feature) }))
    .reduce((least, next) => (next.rmse < least.rmse ? next : least));
}

/** Adds features one at a time, each the one that helps most beside those there are, until all are in use. */
export function selectForward(names: readonly string[], error: CrossValidatedError): SelectionStep[] {
  const chosen: number[] = [];
  return names.map(() => {
    const open = [...names.keys()].filter((feature) => !chosen.includes(feature));
    const { feature, rmse } = best(open, (candidate) => error.rmse([...chosen, candidate]));
    chosen.push(feature);
    return { feature: names[feature]!, size: chosen.length, rmse };
  });
}

/** Takes features away one at a time, each the one that is missed least, until one is left. */
export function selectBackward(names: readonly string[], error: CrossValidatedError): SelectionStep[] {
  let left = [...names.keys()];
  return names.slice(1).map(() => {
    const without = (feature: number) => left.filter((other) => other !== feature);
    const { feature, rmse } = best(left, (candidate) => error.rmse(without(candidate)));
    left = without(feature);
    return { feature: names[feature]!, size: left.length, rmse };
  });
}

/** @returns the features of the forward selection's first k steps, or those that the backward one leaves */
export function chosenBy(
  direction: "forward" | "backward",
  steps: readonly SelectionStep[],
  names: readonly string[],
  k: number,
): string[] {
  if (direction === "forward") return steps.slice(0, k).map(({ feature }) => feature);
  const gone = new Set(steps.filter(({ size }) => size >= k).map(({ feature }) => feature));
  return names.filter((name) => !gone.has(name));
}
