import type { FitTask } from "../../fit/family";
import { boostSample, labelOf } from "../../xgboost/boost-task";
import { Booster, type BoostParameters } from "../../xgboost/booster";
import type { XgboostLibrary } from "../../xgboost/library";
import type { Tree } from "../../xgboost/tree";
import type { ForestSettings } from "./forest-settings";

/** Trees as plain numbers, in one forest for a quantity and one a class: each tree's answer is what its leaf's stars have on average. */
export interface ForestFit {
  readonly forests: readonly (readonly Tree[])[];
}

/** One round of trees side by side, each on some of the stars, and some of the inputs a split. */
function parametersOf({ trees, depth, subsample, columns, leaf }: ForestSettings, seed: number): BoostParameters {
  return {
    objective: "reg:squarederror",
    num_parallel_tree: trees,
    eta: 1,
    max_depth: depth,
    subsample,
    colsample_bynode: columns,
    min_child_weight: leaf,
    lambda: 1e-3,
    seed,
  };
}

/** @param onForest called after each forest @returns whether to stop, which a forest never needs */
export function fitForest(
  library: XgboostLibrary,
  task: FitTask<ForestSettings>,
  onForest: (done: number, loss: number) => boolean,
): ForestFit {
  const { target, settings, seed } = task;
  const known = labelOf(task);
  const classes = target.kind === "classes" ? target.classes : 1;
  const forests = Array.from({ length: classes }, (_, index) => {
    const label = target.kind === "classes" ? (row: number) => Number(known(row) === index) : known;
    const booster = Booster.train(library, boostSample(task, task.train, label), parametersOf(settings, seed), 1);
    const trees = booster.trees();
    booster.free();
    onForest(index + 1, 0);
    return trees;
  });
  return { forests };
}
