import type { StarPrediction } from "../../src/models/star-prediction";

/** What `predict` wrote. */
export interface PredictionSummary {
  readonly model: string;
  readonly version: number;
  readonly output: string;
  readonly stars: number;
  /** stars without any answer: refused, or nothing that is a number */
  readonly unpredicted: number;
  /** stars with an input missing, or filled */
  readonly inputMissing: number;
  /** stars with an input outside the limits of the training stars */
  readonly inputOutsideLimits: number;
}

export type PredictionCount = Pick<PredictionSummary, "stars" | "unpredicted" | "inputMissing" | "inputOutsideLimits">;

export const NOTHING_PREDICTED: PredictionCount = { stars: 0, unpredicted: 0, inputMissing: 0, inputOutsideLimits: 0 };

export function addToCount(count: PredictionCount, answers: readonly StarPrediction[]): PredictionCount {
  const having = (condition: (answer: StarPrediction) => boolean) => answers.filter(condition).length;
  return {
    stars: count.stars + answers.length,
    unpredicted: count.unpredicted + having(({ unpredicted }) => unpredicted !== null),
    inputMissing: count.inputMissing + having(({ inputsMissing }) => inputsMissing.length > 0),
    inputOutsideLimits: count.inputOutsideLimits + having(({ inputsOutsideLimits }) => inputsOutsideLimits.length > 0),
  };
}
