import { POINTS_LAYOUT } from "../../../src/features/light-curve/sequence/rrl-points";
import { POINTS_BLOCK, SHAPE_BLOCK } from "../../../src/features/light-curve/sequence/rrl-shape-and-points";
import {
  channelsFor,
  curveSample,
  normalisationOf as pointsNormalisation,
  REACH,
} from "../../families/sequences/light-curves/curve-sample";
import { GRU } from "../../families/sequences/rrl-gru";
import { scaleOf } from "../../fit/label-scale";
import { normalisationOf, normalise } from "../../fit/normalise";
import type { Normalisation } from "../../fit/scales";
import type { LightCurveSet } from "../../light-curves/light-curve-set";
import { columnsOf } from "./blocks";
import { CONDITIONS, conditionsOf } from "./error-conditions";
import type { StackData } from "./members/member";

/** The stars as members take them, and how a graph brings a row of inputs to the same. */
export interface PreparedStack {
  readonly data: StackData;
  /** of all inputs */
  readonly normalisation: Normalisation;
  /** of the errors' conditions */
  readonly conditions: Normalisation;
}

/** One after the other. */
function joined(first: Normalisation, second: Normalisation): Normalisation {
  const both = (of: "mean" | "scale") => [...Array.from(first[of]), ...Array.from(second[of])];
  return { mean: both("mean"), scale: both("scale"), reach: REACH };
}

export function prepareStack({ inputs, featureSet, references, labels, fold, folds }: LightCurveSet): PreparedStack {
  const rows = Int32Array.from(fold.keys());
  const reference = references[0]!;
  const width = featureSet.inputs.length;
  const [raw, points] = [SHAPE_BLOCK, POINTS_BLOCK].map((block) => columnsOf(inputs, width, block)) as [Float32Array, Float32Array];
  const columns = SHAPE_BLOCK.to - SHAPE_BLOCK.from;
  const shapeScale = normalisationOf(raw, columns, rows, REACH);
  const channels = channelsFor(curveSample(POINTS_LAYOUT, points), GRU.harmonics);
  const { values: conditions, normalisation } = conditionsOf(raw);
  return {
    data: {
      shape: {
        ...{ raw, columns, prepared: normalise(raw, shapeScale), weights: null, fold, folds, isCopy: null },
        ...{ conditions, conditionNames: CONDITIONS },
      },
      ...{ points, reference, label: scaleOf(labels[0]!.name, reference, rows) },
    },
    normalisation: joined(shapeScale, pointsNormalisation(POINTS_LAYOUT, channels)),
    conditions: normalisation,
  };
}
