import { calibrate, statedErrors } from "../../../training/fit/calibration";
import { normal, uniform } from "../../support/random";

/** Stars whose spread is a third of their true error: two for one in five of them, 0.5 for the rest. */
function heldOut(seed: number): { residuals: Float64Array; spreads: Float64Array } {
  const gauss = normal(seed);
  const chance = uniform(seed + 1);
  const sigmas = Float64Array.from({ length: 4000 }, () => (chance() < 0.2 ? 2 : 0.5));
  return { residuals: sigmas.map((sigma) => sigma * gauss()), spreads: sigmas.map((sigma) => sigma / 3) };
}

test("stated errors cover what they claim, on other stars too", () => {
  const calibration = calibrate(heldOut(1));
  const { residuals, spreads } = heldOut(11);
  const errors = statedErrors(spreads, calibration);
  const covered = residuals.filter((residual, star) => Math.abs(residual) <= errors[star]!).length / residuals.length;
  expect(covered).toBeCloseTo(0.683, 1);
});

test("a spread that tells good stars from bad is used", () => {
  const { gain, floor } = calibrate(heldOut(1));
  expect(gain).toBeGreaterThan(2);
  expect(floor).toBeLessThan(0.4);
});

test("without a spread the error is the same for all", () => {
  const { residuals } = heldOut(1);
  const { floor } = calibrate({ residuals, spreads: new Float64Array(residuals.length) });
  expect(floor).toBeGreaterThan(0.5);
});
