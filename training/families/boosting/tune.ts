import { type BoostedSample, boostInputs, labelsOf, type Parting, partings } from "./boosted-sample";
import { Booster } from "./booster";
import type { XgboostLibrary } from "./library";
import { applyQuadratic } from "./quadratic-relation";
import { fitStart, parametersOf, type Senses, type Start, type TreeSettings } from "./tree-settings";

/** What trees are boosted with, wherever that is done. */
export interface Boosting {
  readonly library: XgboostLibrary;
  readonly sample: BoostedSample;
  readonly senses: Senses;
  /** called after each fit, with what it was; lets signals and the progress bar get their turn */
  readonly onFit: (note: string) => Promise<void>;
  /** when it fires, no more settings are tried */
  readonly interrupt: AbortSignal;
}

type Candidate = Omit<TreeSettings, "rounds">;

const DEPTHS = [2, 3, 4];
/** What trees add to a quadratic relation has no known sense. */
const CANDIDATES: Readonly<Record<Start, readonly Candidate[]>> = {
  mean: [false, true].flatMap((monotone) => DEPTHS.map((depth): Candidate => ({ start: "mean", monotone, depth }))),
  quadratic: DEPTHS.map((depth): Candidate => ({ start: "quadratic", monotone: false, depth })),
};
/** Rounds are tried from one fit: the first so many of its trees. */
const ROUNDS = [25, 50, 75, 100, 150, 200, 250, 300, 400];
const MOST_ROUNDS = 400;
/** Fewer than the outer folds: the order of candidates hardly changes with more. */
const PARTS = 5;

/** @returns how many fits it takes to choose the settings of both starts within so many folds */
export const fitsOfSearch = (folds: number): number => Math.min(PARTS, folds) * (CANDIDATES.mean.length + CANDIDATES.quadratic.length);

interface PreparedParting extends Parting {
  readonly trainBase: Float32Array;
  readonly heldBase: Float32Array;
}

/** [ROUNDS] sums of squared errors over the held rows */
function heldSquares({ library, sample, senses }: Boosting, candidate: Candidate, parting: PreparedParting, seed: number): number[] {
  const train = { ...boostInputs(sample, parting.train, parting.trainBase), label: labelsOf(sample, parting.train) };
  const booster = Booster.train(library, train, parametersOf(candidate, senses, seed), MOST_ROUNDS);
  const held = boostInputs(sample, parting.held, parting.heldBase);
  const label = labelsOf(sample, parting.held);
  const squares = ROUNDS.map((rounds) => booster.predict(held, rounds).reduce((sum, value, star) => sum + (value - label[star]!) ** 2, 0));
  booster.free();
  return squares;
}

function prepare({ sample }: Boosting, start: Start, rows: Int32Array): PreparedParting[] {
  return partings(sample, rows, PARTS).map(({ train, held }) => {
    const relation = fitStart(start, sample, train);
    return {
      ...{ train, held },
      trainBase: applyQuadratic(relation, sample.prepared, train),
      heldBase: applyQuadratic(relation, sample.prepared, held),
    };
  });
}

/**
 * Chooses the depth, the rounds and whether to be monotone by cross-validation within the rows.
 *
 * @returns the settings that missed the held stars by least
 */
export async function tune(boosting: Boosting, start: Start, rows: Int32Array, seed: number): Promise<TreeSettings> {
  const parts = prepare(boosting, start, rows);
  let best = { settings: { ...CANDIDATES[start][0]!, rounds: MOST_ROUNDS }, squares: Number.POSITIVE_INFINITY };
  for (const candidate of CANDIDATES[start]) {
    const sums = new Float64Array(ROUNDS.length);
    for (const part of parts) {
      if (boosting.interrupt.aborted) return best.settings;
      heldSquares(boosting, candidate, part, seed).forEach((squares, index) => {
        sums[index]! += squares;
      });
      await boosting.onFit(`from the ${start}, depth ${candidate.depth}${candidate.monotone ? ", monotone" : ""}`);
    }
    const least = sums.indexOf(Math.min(...sums));
    if (sums[least]! < best.squares) best = { settings: { ...candidate, rounds: ROUNDS[least]! }, squares: sums[least]! };
  }
  return best.settings;
}
