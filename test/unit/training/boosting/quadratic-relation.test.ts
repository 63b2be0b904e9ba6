import type { BoostedSample } from "../../../../training/families/boosting/boosted-sample";
import { partings } from "../../../../training/families/boosting/boosted-sample";
import { applyQuadratic, fitQuadratic, meanRelation, noRelation } from "../../../../training/families/boosting/quadratic-relation";
import { normal } from "../../../support/random";

const STARS = 2000;

/** Two features; the label is 0.5 + a - 2 b + 0.3 a b + 0.2 b². */
function sample(): BoostedSample {
  const gauss = normal(1);
  const prepared = new Float32Array(4 * STARS);
  const label = new Float32Array(STARS);
  for (let star = 0; star < STARS; star++) {
    const [a, b] = [gauss(), gauss()];
    prepared.set([a, b, 0, 0], 4 * star);
    label[star] = 0.5 + a - 2 * b + 0.3 * a * b + 0.2 * b * b;
  }
  return {
    inputs: new Float32Array(2 * STARS),
    columns: 2,
    prepared,
    label,
    fold: Uint8Array.from(label.keys(), (star) => star % 10),
    folds: 10,
  };
}

describe("A quadratic relation", () => {
  const data = sample();
  const rows = Int32Array.from(data.label.keys());

  it("finds the coefficients that made the labels, to what the ridge holds back", () => {
    const { constant, linear, quadratic } = fitQuadratic(data, rows);
    expect(constant).toBeCloseTo(0.5, 2);
    expect(linear[0]).toBeCloseTo(1, 2);
    expect(linear[1]).toBeCloseTo(-2, 2);
    expect(quadratic[1]).toBeCloseTo(0.3, 2);
    expect(quadratic[5]).toBeCloseTo(0.2, 2);
  });

  it("gives the labels back", () => {
    const answers = applyQuadratic(fitQuadratic(data, rows), data.prepared, rows);
    expect(Math.max(...answers.map((value, row) => Math.abs(value - data.label[row]!)))).toBeLessThan(0.05);
  });

  it("and none are, on average, half of it", () => {
    const relation = fitQuadratic(data, rows);
    const half = applyQuadratic(meanRelation([relation, noRelation(2)]), data.prepared, rows);
    expect(half[7]).toBeCloseTo(applyQuadratic(relation, data.prepared, rows)[7]! / 2, 5);
  });
});

describe("The parts of a cross-validation", () => {
  const data = sample();
  const rows = Int32Array.from(data.label.keys()).filter((row) => data.fold[row] !== 3);

  it("hold each row once, and never cut a fold in two", () => {
    const parts = partings(data, rows, 5);
    expect(parts).toHaveLength(5);
    expect(parts.flatMap(({ held }) => [...held]).sort((a, b) => a - b)).toEqual([...rows]);
    for (const { train, held } of parts) {
      expect(train.length + held.length).toBe(rows.length);
      const folds = new Set(held.map((row) => data.fold[row]!));
      expect([...train].some((row) => folds.has(data.fold[row]!))).toBe(false);
    }
  });
});
