import type { FitTask } from "../../fit/family";
import { boostSample, labelOf } from "../../xgboost/boost-task";
import { Booster, type BoostParameters } from "../../xgboost/booster";
import type { XgboostLibrary } from "../../xgboost/library";
import type { Tree } from "../../xgboost/tree";
import type { XgboostSettings } from "./xgboost-settings";

/** Boosted trees as plain numbers; of classes, each tree adds to the logit of its group. */
export interface XgboostFit {
  readonly trees: readonly Tree[];
  /** 1 of a quantity */
  readonly outputs: number;
  readonly rounds: number;
  readonly validationScore: number;
}

function parametersOf({ settings, target, seed }: FitTask<XgboostSettings>): BoostParameters {
  const { depth, learningRate, subsample, columns, leaf, lambda } = settings;
  return {
    ...(target.kind === "quantity"
      ? { objective: "reg:squarederror", eval_metric: "rmse" }
      : { objective: "multi:softprob", num_class: target.classes, eval_metric: "mlogloss" }),
    max_depth: depth,
    eta: learningRate,
    subsample,
    colsample_bytree: columns,
    min_child_weight: leaf,
    lambda,
    seed,
  };
}

/**
 * Boosts trees until the validation stars are not predicted better for a while, and keeps those up to the best round.
 *
 * @param onRound called after each round @returns whether to stop
 */
export function fitXgboost(
  library: XgboostLibrary,
  task: FitTask<XgboostSettings>,
  onRound: (round: number, score: number) => boolean,
): XgboostFit {
  const { settings, target } = task;
  const outputs = target.kind === "quantity" ? 1 : target.classes;
  const label = labelOf(task);
  let best = { round: 0, score: Number.POSITIVE_INFINITY };
  const follow = {
    validation: boostSample(task, task.validation, label),
    onRound: (round: number, score: number) => {
      if (score < best.score) best = { round, score };
      return onRound(round, score) || round - best.round >= settings.patience;
    },
  };
  const booster = Booster.trainFollowed(library, boostSample(task, task.train, label), parametersOf(task), settings.rounds, follow);
  const trees = booster.trees().slice(0, best.round * outputs);
  booster.free();
  return { trees, outputs, rounds: best.round, validationScore: best.score };
}
