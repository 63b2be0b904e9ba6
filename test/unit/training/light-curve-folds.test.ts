import { foldLightCurve } from "../../../src/features/light-curve/fold-light-curve";
import { foldsOf } from "../../../training/datasets/light-curve-set";
import type { LabelledLightCurve } from "../../../training/datasets/light-curve-training-set";

const phase = Float64Array.from({ length: 30 }, (_, point) => point / 30);
const points = { time: phase, folded: true, mag: phase.map((at) => 15 + Math.sin(2 * Math.PI * at)), magError: null };
const folding = foldLightCurve(points, 0.5);

/** A star of this fold; the metal-poor ones come first. */
function star(fold: number, index: number): LabelledLightCurve {
  if (folding.refusal !== null) throw new Error(folding.refusal);
  const unknown = { raDeg: Number.NaN, decDeg: Number.NaN, extinctionMag: Number.NaN, extinctionErrorMag: Number.NaN };
  return { ...folding, ...unknown, sourceId: BigInt(index), periodDays: 0.5, feh: index / 100 - 2, fold };
}

describe("the folds of a set of light curves", () => {
  test("are those that the table names", () => {
    expect([...foldsOf([2, 0, 1, 1, 0].map(star))]).toEqual([2, 0, 1, 1, 0]);
  });

  test("are numbered without a gap, so that none is left out that judges no star", () => {
    expect([...foldsOf([1, 2, 9, 2, 1].map(star))]).toEqual([0, 1, 2, 1, 0]);
  });

  test("are dealt out by metallicity where a star has none, or all have the same", () => {
    expect([...foldsOf([1, 2, Number.NaN].map(star))]).toEqual([0, 1, 2]);
    expect([...foldsOf(new Array<number>(12).fill(3).map(star))]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
  });
});
