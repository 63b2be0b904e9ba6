import path from "node:path";
import { lightCurveFeatureSet } from "../../../../src/features/light-curve/feature-sets";
import type { FoldableLightCurve } from "../../../../src/features/light-curve/light-curve";
import { readLightCurveFolder } from "../../../../training/light-curves/light-curve-folder";
import { estimateShapePrior } from "../../../../training/light-curves/shape-prior/estimate-prior";
import { normal, uniform } from "../../../support/random";
import { describeRealData, REAL_DATA } from "../../../support/real-data";

const FEATURES = lightCurveFeatureSet("rrl-shape");
const at = (name: string) => FEATURES.inputs.findIndex((input) => input.name === name);

/** A fundamental-mode curve: A1 0.3 mag, R21 0.45, R31 0.3, phi21 2.6, phi31 5.4. */
function star(count: number, noise: number, begin: number, seed = 1): FoldableLightCurve {
  const [even, gauss] = [uniform(seed), normal(seed)];
  const phase = Float64Array.from({ length: count }, even).sort();
  const mag = phase.map((one) => {
    const angle = 2 * Math.PI * (one + begin);
    return 16 + 0.3 * (Math.sin(angle) + 0.45 * Math.sin(2 * angle + 2.6) + 0.3 * Math.sin(3 * angle + 5.4)) + noise * gauss();
  });
  return { periodDays: 0.55, phase, mag, magError: null };
}

describe("The features rrl-shape", () => {
  test("find the Fourier parameters of a well observed star, wherever its cycle begins", () => {
    for (const begin of [0, 0.3, 0.8]) {
      const row = FEATURES.compute(star(150, 0.005, begin));
      expect(row[at("period")]).toBeCloseTo(0.55, 6);
      expect(row[at("A1")]).toBeCloseTo(0.3, 2);
      expect(row[at("R31")]).toBeCloseTo(0.3, 1);
      expect(row[at("phi21")]).toBeCloseTo(2.6, 1);
      expect(Math.abs(row[at("phi31")]! - 5.4)).toBeLessThan(0.05);
    }
  });

  test("have larger errors where there are fewer points", () => {
    const [many, few] = [star(150, 0.02, 0), star(20, 0.02, 0)].map((curve) => FEATURES.compute(curve));
    for (const name of ["A1_error", "phi21_error", "phi31_error"]) expect(few![at(name)]).toBeGreaterThan(1.5 * many![at(name)]!);
  });

  test("are finite of as few points as are let through", () => {
    expect(Array.from(FEATURES.compute(star(8, 0.02, 0))).every(Number.isFinite)).toBe(true);
  });
});

describe("A shape prior found from many stars", () => {
  test("has their mean shape and their variety, though each was observed at few points", () => {
    const curves = Array.from({ length: 150 }, (_, index) => {
      const curve = star(20, 0.01, 0.1, index + 1);
      const factor = index % 2 ? 1.1 : 0.9; // amplitudes differ by 10%
      return { ...curve, periodDays: 0.45 + 0.002 * index, mag: curve.mag.map((mag) => 16 + factor * (mag - 16)) };
    });
    const prior = estimateShapePrior(curves, 3);
    const [mean] = prior.mean as [number[]];
    expect(Math.abs(mean[0]! - 0.3)).toBeLessThan(0.01);
    expect(Math.abs(mean[1]!)).toBeLessThan(0.02);
    expect(Math.abs(Math.hypot(mean[2]!, mean[3]!) - 0.135)).toBeLessThan(0.01);
  });
});

describeRealData("The folded Gaia set", () => {
  test("has every feature of every star, and phi31 where it belongs", async () => {
    const { stars } = await readLightCurveFolder(path.join(REAL_DATA!, "rr-lyrae-gaia-g"));
    const rows = stars.slice(0, 200).map(({ curve }) => FEATURES.compute(curve!));
    expect(rows.every((row) => row.every(Number.isFinite))).toBe(true);
    const phases = rows.map((row) => row[at("phi31")]!).sort((a, b) => a - b);
    expect(phases[100]).toBeGreaterThan(5.2);
    expect(phases[100]).toBeLessThan(5.6);
  });
});
