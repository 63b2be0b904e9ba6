import { Random } from "../../../src/science/random";
import { rootMeanSquare } from "../../../src/science/statistics";
import type { Member } from "../../../training/families/sequences/fit/cross-fit";
import { calibrateOutOfFold, crossValidation, outOfFold, spreadOf } from "../../../training/families/sequences/fit/out-of-fold";
import { statedErrors } from "../../../training/fit/calibration";

const LABEL = { name: "feh", mean: -1.4, scale: 0.5 };

const member = (heldFold: number, held: number[], predicted: number[], best = predicted): Member => ({
  ...{ weights: [], heldFold, held: Int32Array.from(held) },
  predicted: Float32Array.from(predicted),
  best: { epoch: 1, predicted: Float32Array.from(best) },
});

test("a star is judged by the networks that never saw it, and by no other", () => {
  const { rows, predicted, networks } = outOfFold([member(0, [0, 3], [1, 2]), member(1, [1], [-1]), member(0, [0, 3], [3, 2])], LABEL);
  expect([...rows]).toEqual([0, 1, 3]);
  expect([...networks]).toEqual([2, 1, 2]);
  expect([...predicted]).toEqual([-1.4 + 0.5 * 2, -1.4 - 0.5, -1.4 + 0.5 * 2]);
});

test("both protocols are told apart: the end of the schedule, and the epoch that flatters", () => {
  const reference = Float64Array.of(-1.4, -1.4);
  const scores = crossValidation([member(0, [0, 1], [0.2, -0.2], [0.1, -0.1])], LABEL, reference);
  expect(scores).toEqual({ stars: 2, rmse: expect.closeTo(0.1, 6), stoppedOnScoredFoldRmse: expect.closeTo(0.05, 6) });
});

test("stated errors cover 68% of stars that nothing saw, though a single network stands for them all in the calibration", () => {
  const random = new Random(8);
  const [stars, members, own, common] = [4000, 10, 0.4, 0.3];
  // Each network errs by a part of its own; what is common to all is what no ensemble takes out.
  const truth = Float64Array.from({ length: stars }, () => random.normal());
  const shared = truth.map((value) => value + common * random.normal());
  const outputs = Array.from({ length: members }, () => Float32Array.from(shared, (value) => value + own * random.normal()));
  const spread = spreadOf(outputs, LABEL);
  const rows = Int32Array.from({ length: stars }, (_, star) => star);
  const predicted = Float64Array.from(outputs[0]!, (value) => LABEL.mean + LABEL.scale * value);
  const reference = truth.map((value) => LABEL.mean + LABEL.scale * value);
  const calibration = calibrateOutOfFold({ rows, predicted, networks: new Int32Array(stars).fill(1) }, reference, spread, members);
  const errors = statedErrors(spread, calibration);
  const residuals = reference.map((value, star) => {
    const ensemble = outputs.reduce((sum, output) => sum + output[star]! / members, 0);
    return (LABEL.mean + LABEL.scale * ensemble - value) / errors[star]!;
  });
  const covered = residuals.filter((residual) => Math.abs(residual) < 1).length / stars;
  expect(covered).toBeGreaterThan(0.65);
  expect(covered).toBeLessThan(0.72);
  expect(rootMeanSquare(residuals)).toBeCloseTo(1, 1);
});
