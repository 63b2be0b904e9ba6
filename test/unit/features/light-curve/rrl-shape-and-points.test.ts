import type { FoldableLightCurve } from "../../../../src/features/light-curve/light-curve";
import { rrlShapeFeatures } from "../../../../src/features/light-curve/rrl-shape";
import { rrlPointsFeatures } from "../../../../src/features/light-curve/sequence/rrl-points";
import { POINTS_BLOCK, rrlShapeAndPointsFeatures, SHAPE_BLOCK } from "../../../../src/features/light-curve/sequence/rrl-shape-and-points";
import { sawtooth } from "../../../support/folded-curves";

const curve: FoldableLightCurve = {
  periodDays: 0.55,
  phase: Float64Array.from(sawtooth(35), ([phase]) => phase),
  mag: Float64Array.from(sawtooth(35), ([, mag]) => mag),
  magError: null,
};

test("a row holds the inputs of both sets, each in its block, under a name of its own", () => {
  const { inputs, compute } = rrlShapeAndPointsFeatures;
  const row = compute(curve);
  expect([...row.subarray(SHAPE_BLOCK.from, SHAPE_BLOCK.to)]).toEqual([...rrlShapeFeatures.compute(curve)]);
  expect([...row.subarray(POINTS_BLOCK.from, POINTS_BLOCK.to)]).toEqual([...rrlPointsFeatures.compute(curve)]);
  expect(POINTS_BLOCK.to).toBe(inputs.length);
  expect(new Set(inputs.map(({ name }) => name)).size).toBe(176);
});
