import { Random } from "../../../src/science/random";
import type { CrossFit } from "../../../training/fit/cross-fit";
import { errorsOutOfFold } from "../../../training/fit/errors-out-of-fold";
import { finishQuantity } from "../../../training/fit/fit-quantity";
import type { FitSample } from "../../../training/fit/fit-sample";

const ROWS = 400;

test("a row's stated error is learned from the rows of other folds alone", () => {
  // Rows of fold 1 are missed by three times as much.
  const random = new Random(3);
  const fold = Array.from({ length: ROWS }, (_, row) => row % 2);
  const residuals = Float64Array.from(fold, (one) => (one === 0 ? 1 : 3) * random.normal());
  const value = Float64Array.from(fold, () => random.normal());
  const answered = { value, variance: null, conditions: new Float32Array(0), conditionCount: 0 };
  const errors = errorsOutOfFold(answered, residuals, fold);
  const middle = (of: number) => [...errors.filter((_, row) => fold[row] === of)].sort((a, b) => a - b)[ROWS / 4]!;
  expect(middle(0)).toBeCloseTo(3, 0);
  expect(middle(1)).toBeCloseTo(1, 0);
});

/** Labels that are missed by 0.5, by fits that scatter by 0.3, with one condition that differs from row to row. */
function measured(): { reference: Float64Array; fit: CrossFit; sample: FitSample } {
  const random = new Random(5);
  const draw = (scale: number) => Float64Array.from({ length: ROWS }, () => scale * random.normal());
  const [reference, missed] = [draw(1), draw(0.5)];
  const fit: CrossFit = {
    emit: () => {
      throw new Error("no graph is wanted");
    },
    outOfFold: {
      kind: "quantity",
      value: reference.map((one, row) => one + missed[row]!),
      variance: null,
      surplus: new Float64Array(ROWS).fill(0.09),
    },
    notes: {},
  };
  const sample: FitSample = {
    ...{ raw: new Float32Array(ROWS), columns: 1, prepared: new Float32Array(2 * ROWS), weights: null, isCopy: null },
    ...{ fold: Uint8Array.from({ length: ROWS }, (_, row) => row % 2), folds: 2 },
    ...{ conditions: Float32Array.from(draw(1)), conditionNames: ["noise of the measurement"] },
  };
  return { reference, fit, sample };
}

test("a condition that is a number of each star's own tells nothing of how much a mean of fits gains on that star", () => {
  const { reference, fit, sample } = measured();
  const rows = Int32Array.from({ length: ROWS }, (_, row) => row);
  const { outOfFold } = finishQuantity([fit], ["one"], { name: "feh", mean: 0, scale: 1 }, reference, rows, sample);
  // No row is known to be missed by more than others, so all are stated about the same error.
  expect(Math.min(...outOfFold.error)).toBeGreaterThan(0.3);
  expect(Math.max(...outOfFold.error)).toBeLessThan(0.8);
});
