import { boostInputs, labelsOf, type Parting } from "./boosted-sample";
import type { QuadraticRelation } from "./boosted-trees";
import { Booster } from "./booster";
import { applyQuadratic, meanRelation } from "./quadratic-relation";
import type { Tree } from "./tree";
import { fitStart, parametersOf, type TreeSettings } from "./tree-settings";
import type { Boosting } from "./tune";

/** Members a start: they differ by which stars and features each round sees. */
export const SEEDS = 4;

export interface EnsembleFit {
  /** what all members' trees together add to */
  readonly base: QuadraticRelation;
  readonly members: readonly (readonly Tree[])[];
  /** [held rows] of order one */
  readonly predicted: Float32Array;
}

/** @returns one member, and what it predicts for the held rows */
function fitMember(
  { library, sample, senses }: Boosting,
  settings: TreeSettings,
  base: QuadraticRelation,
  { train, held }: Parting,
  seed: number,
) {
  const baseOf = (rows: Int32Array) => applyQuadratic(base, sample.prepared, rows);
  const stars = { ...boostInputs(sample, train, baseOf(train)), label: labelsOf(sample, train) };
  const booster = Booster.train(library, stars, parametersOf(settings, senses, seed), settings.rounds);
  const fitted = { trees: booster.trees(), predicted: booster.predict(boostInputs(sample, held, baseOf(held))) };
  booster.free();
  return fitted;
}

/**
 * Fits an ensemble: for each settings some members that differ by their seed.
 *
 * @returns the members, whose mean is the prediction
 */
export async function fitEnsemble(
  boosting: Boosting,
  settings: readonly TreeSettings[],
  rows: Parting,
  seed: number,
): Promise<EnsembleFit> {
  const bases: QuadraticRelation[] = [];
  const members: Tree[][] = [];
  const sum = new Float32Array(rows.held.length);
  for (const one of settings) {
    const base = fitStart(one.start, boosting.sample, rows.train);
    bases.push(base);
    for (let member = 0; member < SEEDS; member++) {
      const { trees, predicted } = fitMember(boosting, one, base, rows, seed * SEEDS + member);
      members.push(trees);
      for (let star = 0; star < sum.length; star++) sum[star]! += predicted[star]!;
      await boosting.onFit(`from the ${one.start}, ${one.rounds} rounds of depth ${one.depth}`);
    }
  }
  return { base: meanRelation(bases), members, predicted: sum.map((value) => value / members.length) };
}
