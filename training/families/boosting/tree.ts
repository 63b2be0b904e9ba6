/** A regression tree as plain numbers, all [nodes]; node 0 is the root. */
export interface Tree {
  /** child where the feature is below the threshold; -1 marks a leaf */
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly feature: readonly number[];
  /** a split's threshold; of a leaf what it adds to the prediction */
  readonly value: readonly number[];
  /** whether a star whose feature is missing goes left */
  readonly missingLeft: readonly boolean[];
}

/** The part that is read of XGBoost's JSON (https://xgboost.readthedocs.io/en/stable/tutorials/saving_model.html). */
interface SavedModel {
  readonly learner: {
    readonly gradient_booster: { readonly model: { readonly trees: readonly SavedTree[] } };
  };
}

interface SavedTree {
  readonly left_children: readonly number[];
  readonly right_children: readonly number[];
  readonly split_indices: readonly number[];
  readonly split_conditions: readonly number[];
  /** 0 or 1 until XGBoost 2, true or false since */
  readonly default_left: readonly (number | boolean)[];
}

/**
 * @param json a model as XGBoost saves it
 * @returns the trees whose sum is the prediction
 */
export function parseTrees(json: string): Tree[] {
  const { learner } = JSON.parse(json) as SavedModel;
  return learner.gradient_booster.model.trees.map((tree) => ({
    left: tree.left_children,
    right: tree.right_children,
    feature: tree.split_indices,
    value: tree.split_conditions,
    missingLeft: tree.default_left.map(Boolean),
  }));
}
