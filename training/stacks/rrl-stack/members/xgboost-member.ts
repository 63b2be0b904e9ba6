import { SHAPE_BLOCK } from "../../../../src/features/light-curve/sequence/rrl-shape-and-points";
import { boostingOf } from "../../../families/boosting/rrl-xgboost";
import { crossFitBoosting } from "../../../families/boosting/stack-member";
import { openXgboost } from "../../../xgboost/library";
import { labelOfOrderOne, type Member } from "./member";

/** Boosted trees on Fourier parameters, as `rrl-xgboost` learns them. */
export const XGBOOST: Member = {
  name: "xgboost",
  block: SHAPE_BLOCK,
  async fit(data, { seed, library: place }, { onProgress, interrupt }) {
    const library = openXgboost(place);
    const { raw: inputs, columns, prepared, fold, folds } = data.shape;
    const watch = { interrupt, onProgress: (done: number, total: number, note: string) => onProgress(done / total, note) };
    const boosting = boostingOf({ inputs, columns, prepared, label: labelOfOrderOne(data), fold, folds }, library, watch);
    return { fit: await crossFitBoosting(boosting, seed), backend: { name: "xgboost", libraries: { xgboost: library.version } } };
  },
};
