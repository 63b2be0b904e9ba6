import { Random } from "../../../../src/science/random";
import { samplingFaults } from "../../../../training/bayes/posterior";
import { SAMPLER } from "../../../../training/bayes/sample-posterior";
import { fitRelation } from "../../../../training/families/relation/fit-relation";
import { leastSquares } from "../../../../training/families/relation/least-squares";
import { fitPopulation, knownValues, type Prior, trueValues } from "../../../../training/families/relation/population";
import { predictRelation } from "../../../../training/families/relation/predict-relation";
import { type Labelled, regressionOf } from "../../../../training/families/relation/regression";
import { RelationCoordinates, relationDensity } from "../../../../training/families/relation/relation-density";
import { termsOf } from "../../../../training/families/relation/term";

const TERMS = termsOf(["period", "phi31"], ["period", "phi31"]);

/** [Fe/H] = -4 - 6 period + phi31 + scatter, measured with errors of phi31 that differ from star to star. */
function sample(stars: number, { seed = 1, error = 0.2, scatter = 0.15 } = {}): Labelled {
  const random = new Random(seed);
  const observed = new Float64Array(2 * stars);
  const errors = new Float64Array(2 * stars);
  const label = new Float64Array(stars);
  for (let star = 0; star < stars; star++) {
    const common = random.normal();
    const period = 0.55 + 0.08 * common;
    const phi31 = 5.5 + 0.25 * common + 0.3 * random.normal();
    errors[2 * star + 1] = error * random.between(0.3, 1.7);
    observed[2 * star] = period;
    observed[2 * star + 1] = phi31 + errors[2 * star + 1]! * random.normal();
    label[star] = -4 - 6 * period + phi31 + scatter * random.normal() + 0.05 * random.normal();
  }
  return { stars, quantities: 2, observed, error: errors, label, labelError: new Float64Array(stars).fill(0.05) };
}

const SHORT = { ...SAMPLER, chains: 4, warmup: 150, draws: 250 };

describe("A relation with errors on all variables", () => {
  const { posterior, withoutErrors, relation } = fitRelation(sample(400), TERMS, "population", SHORT);
  const [constant, period, phi31, scatter] = posterior.parameters;

  it("finds the slopes that measurement errors dilute in least squares", () => {
    expect(samplingFaults(posterior)).toEqual([]);
    for (const [parameter, truth] of [
      [constant, -4],
      [period, -6],
      [phi31, 1],
      [scatter, 0.15],
    ] as const)
      expect(Math.abs(parameter!.mean - truth)).toBeLessThan(3 * parameter!.sd);
    expect(withoutErrors.coefficients[2]).toBeLessThan(0.85);
  });

  it("states errors that unseen stars bear out, whether measured well or not", () => {
    const unseen = sample(2000, { seed: 2 });
    const { value, error } = predictRelation(relation, unseen);
    for (const isWell of [true, false]) {
      const stars = Array.from(value.keys()).filter((star) => unseen.error[2 * star + 1]! < 0.2 === isWell);
      const covered = stars.filter((star) => Math.abs(value[star]! - unseen.label[star]!) < Math.hypot(error[star]!, 0.05)).length;
      expect(covered / stars.length).toBeCloseTo(0.683, 1);
    }
  });

  it("infers a quantity that is missing from the others, with an error to match", () => {
    const missing = { stars: 1, quantities: 2, observed: Float64Array.of(0.55, Number.NaN), error: Float64Array.of(0, 0.1) };
    const { value, error } = predictRelation(relation, missing);
    expect(value[0]).toBeCloseTo(-4 - 6 * 0.55 + 5.5, 1);
    expect(error[0]).toBeGreaterThan(0.3);
    expect(error[0]).toBeLessThan(0.4);
  });
});

describe("Without errors", () => {
  it.each<Prior>(["population", "uniform"])("the posterior is that of least squares (prior: %s)", (prior) => {
    const exact = { ...sample(120, { error: 0 }), labelError: new Float64Array(120) };
    const { posterior, withoutErrors } = fitRelation(exact, TERMS, prior, SHORT);
    withoutErrors.coefficients.forEach((coefficient, at) => {
      const { mean, sd } = posterior.parameters[at]!;
      const standardError = Math.sqrt(withoutErrors.covariance[at * 4]!);
      expect(Math.abs(mean - coefficient)).toBeLessThan(0.2 * standardError);
      expect(sd / standardError).toBeCloseTo(1, 1);
    });
    expect(posterior.parameters[3]!.mean / withoutErrors.scatter).toBeCloseTo(1, 1);
  });
});

describe("The log density of a relation", () => {
  it.each<Prior>(["population", "uniform"])("has the gradient that finite differences find (prior: %s)", (prior) => {
    const few = sample(30);
    const terms = termsOf(["period", "phi31", "phi31*phi31", "period*phi31"], ["period", "phi31"]);
    const regression = regressionOf(few, terms, prior, fitPopulation(few));
    const density = relationDensity(regression, new RelationCoordinates(leastSquares(regression), few.stars));
    const at = Float64Array.of(0.4, -0.3, 0.8, 0.1, -0.6, 0.9);
    const gradient = new Float64Array(6);
    density(at, gradient);
    for (let index = 0; index < at.length; index++) {
      const shifted = (step: number) =>
        density(
          at.map((value, other) => value + (other === index ? step : 0)),
          new Float64Array(6),
        );
      expect((shifted(1e-5) - shifted(-1e-5)) / 2e-5).toBeCloseTo(gradient[index]!, 4);
    }
  });
});

describe("True values behind measurements", () => {
  const population = { mean: Float64Array.of(0, 10), covariance: Float64Array.of(1, 0.6, 0.6, 4) };

  it("are as the conditional Gaussian has them", () => {
    // By hand, from (covariance + diag(0, 1))^-1: gain of the second measurement 0.36 of its surprise for the first.
    const { mean, covariance } = trueValues(population, Float64Array.of(Number.NaN, 12), Float64Array.of(0, 1));
    expect([...mean]).toEqual([expect.closeTo((0.6 / 5) * 2, 12), expect.closeTo(10 + (4 / 5) * 2, 12)]);
    expect([...covariance]).toEqual(
      [1 - 0.36 / 5, 0.6 - (0.6 * 4) / 5, 0.6 - (0.6 * 4) / 5, 4 - 16 / 5].map((value) => expect.closeTo(value, 12)),
    );
  });

  it("are the measured ones where nothing is held likely beforehand", () => {
    const { mean, covariance } = knownValues("uniform", population, Float64Array.of(3, 12), Float64Array.of(0, 0.5));
    expect([...mean]).toEqual([expect.closeTo(3, 12), expect.closeTo(12, 12)]);
    expect(covariance[3]).toBeCloseTo(0.25, 12);
  });

  it("have moments that errors do not widen", () => {
    const { mean, covariance } = fitPopulation(sample(2000, { error: 0.4 }));
    expect(mean[1]).toBeCloseTo(5.5, 1);
    expect(Math.sqrt(covariance[3]!)).toBeCloseTo(Math.hypot(0.25, 0.3), 1);
    expect(covariance[1]).toBeCloseTo(0.08 * 0.25, 2);
  });
});

test("A relation that the stars do not determine is refused", () => {
  const same = sample(50);
  for (let star = 0; star < 50; star++) same.observed[2 * star] = 0.5;
  expect(() => fitRelation(same, TERMS, "population", SHORT)).toThrow("do not determine 3 coefficients");
});
