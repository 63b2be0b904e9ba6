import type { Input } from "../../feature-set";
import type { FoldableLightCurve, LightCurveFeatureSet } from "../light-curve";
import { rrlShapeFeatures } from "../rrl-shape";
import { rrlPointsFeatures } from "./rrl-points";

/** Columns [from, to) of a row. */
export interface Block {
  readonly from: number;
  readonly to: number;
}

const SHAPE_SIZE = rrlShapeFeatures.inputs.length;

/** Where the inputs of `rrl-shape` lie, and where those of `rrl-points`. */
export const SHAPE_BLOCK: Block = { from: 0, to: SHAPE_SIZE };
export const POINTS_BLOCK: Block = { from: SHAPE_SIZE, to: SHAPE_SIZE + rrlPointsFeatures.inputs.length };

/** Both sets begin with the period; an input's name is its own. */
const renamed = (input: Input): Input =>
  rrlShapeFeatures.inputs.some(({ name }) => name === input.name) ? { ...input, name: `${input.name}_of_points` } : input;

function compute(curve: FoldableLightCurve): Float32Array {
  return Float32Array.from([...rrlShapeFeatures.compute(curve), ...rrlPointsFeatures.compute(curve)]);
}

/**
 * The Fourier parameters of `rrl-shape`, then the points of `rrl-points`: for models that combine what is learned from
 * either. The parameters show an unusual shape themselves. Every model trained on it depends on the order: never change
 * it, define a new set instead.
 */
export const rrlShapeAndPointsFeatures: LightCurveFeatureSet = {
  name: "rrl-shape-and-points",
  inputs: [...rrlShapeFeatures.inputs, ...rrlPointsFeatures.inputs.map(renamed)],
  compute,
};
