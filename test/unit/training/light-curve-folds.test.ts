import { foldLightCurve } from "../../../src/features/light-curve/fold-light-curve";
import type { LightCurveFolder } from "../../../training/light-curves/light-curve-folder";
import { onlyFolds, withoutFolds } from "../../../training/light-curves/light-curve-part";
import { foldsOf } from "../../../training/light-curves/light-curve-set";
import type { LabelledLightCurve } from "../../../training/light-curves/light-curve-training-set";

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

  test("are dealt out by metallicity where the table names none", () => {
    expect([...foldsOf(new Array<number>(12).fill(Number.NaN).map(star))]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
  });

  test.each([
    ["one star has none", [1, 2, Number.NaN], "1 of 3 stars have no cv_fold that is a whole number from 0 to 99, as 2."],
    ["some are no folds", [1, 2.5, 100, 1], "2 of 4 stars have no cv_fold that is a whole number from 0 to 99, as 1."],
    ["all are the same", [3, 3, 3], "All 3 stars have the cv_fold 3"],
  ])("are refused where %s: other folds should not pass for the table's", (_case, folds, message) => {
    expect(() => foldsOf(folds.map(star))).toThrow(message);
  });
});

describe("a part of a folder of light curves", () => {
  const folder: LightCurveFolder = { source: "set", path: "set", idColumn: "id", sha256: "a", stars: [0, 1, 2, 1, Number.NaN].map(star) };
  const ids = ({ stars }: LightCurveFolder) => stars.map(({ sourceId }) => Number(sourceId));

  test("is without some folds, or only them: no star is in both or in neither", () => {
    expect(ids(withoutFolds(folder, [1]))).toEqual([0, 2, 4]);
    expect(ids(onlyFolds(folder, [1]))).toEqual([1, 3]);
  });

  test("is a data set of its own, so that nobody takes it for the whole", () => {
    const parts = [folder, withoutFolds(folder, [1]), withoutFolds(folder, [0, 1]), onlyFolds(folder, [1])];
    expect(parts.map(({ source }) => source)).toEqual(["set", "set without cv_fold 1", "set without cv_fold 0, 1", "set only cv_fold 1"]);
    expect(new Set(parts.map(({ sha256 }) => sha256)).size).toBe(4);
    expect(withoutFolds(folder, [1, 0])).toEqual(withoutFolds(folder, [0, 1]));
    expect(withoutFolds(folder)).toBe(folder);
  });

  test("is refused of a fold that no star is in", () => {
    expect(() => onlyFolds(folder, [1, 7])).toThrow("No star of set is in fold 7: it has the folds 0, 1, 2.");
  });
});
