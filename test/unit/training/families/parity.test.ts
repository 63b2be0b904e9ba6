import { choleskyFactor, choleskySolve } from "../../../../src/science/cholesky";
import { emitGp } from "../../../../training/families/gp/emit-gp";
import { fitGp } from "../../../../training/families/gp/fit-gp";
import type { GpSettings } from "../../../../training/families/gp/gp-settings";
import { matern } from "../../../../training/families/gp/matern";
import { emitLinear } from "../../../../training/families/linear/emit-linear";
import { applyRidge, fitLinear } from "../../../../training/families/linear/fit-linear";
import { emitNearest } from "../../../../training/families/nearest/emit-nearest";
import { applyNearest, fitNearest } from "../../../../training/families/nearest/fit-nearest";
import { apart } from "../../../../training/families/nearest/neighbours";
import { answerRows } from "../../../../training/fit/answer-rows";
import type { Fit, FitTask } from "../../../../training/fit/family";
import { COLUMNS, familySample } from "../../../support/family-sample";

const { sample, quantity } = familySample(80, 1);
const rows = Int32Array.from(sample.fold.keys());
const unseen = familySample(60, 2).sample;
const asked = Int32Array.from(unseen.fold.keys());
const preparedOf = (row: number) => unseen.prepared.subarray(2 * COLUMNS * row, 2 * COLUMNS * (row + 1));

function taskOf<Settings>(settings: Settings, train = rows): FitTask<Settings> {
  const values = Float32Array.from(quantity.reference, (value) => (value - 5000) / 400);
  const { raw, columns, prepared } = sample;
  return {
    raw,
    columns,
    prepared,
    weights: null,
    target: { kind: "quantity", values },
    train,
    validation: new Int32Array(0),
    gaps: [],
    settings,
    seed: 1,
  };
}

const never = () => false;

async function answers(emit: Fit["emit"]): Promise<{ value: Float32Array; variance: Float32Array }> {
  const found = await answerRows({ emit, notes: {} }, unseen, asked);
  if (found.kind !== "quantity" || found.variance === null) throw new Error("no quantity with a variance");
  return { value: found.value, variance: found.variance };
}

/** Largest difference, relative to values of order one. */
const apartBy = (found: Float32Array, wanted: readonly number[]) =>
  Math.max(...found.map((one, at) => Math.abs(one - wanted[at]!) / (1 + Math.abs(wanted[at]!))));

test("a linear relation says the same in its graph as by its own arithmetic, to 1e-5", async () => {
  const fit = fitLinear(taskOf({ terms: "quadratic", ridge: 1 }), never);
  if (fit.kind !== "quantity") throw new Error("not a quantity");
  const { value, variance } = await answers((graph, { prepared }) => emitLinear(graph, prepared, fit));
  const wanted = Array.from(asked, (row) => applyRidge(fit.terms, fit.posterior, preparedOf(row)));
  expect(
    apartBy(
      value,
      wanted.map(([one]) => one),
    ),
  ).toBeLessThan(1e-5);
  expect(
    apartBy(
      variance,
      wanted.map(([, one]) => one),
    ),
  ).toBeLessThan(1e-5);
});

test("the nearest stars say the same in their graph as by counting, to 1e-5", async () => {
  const fit = fitNearest(taskOf({ neighbours: 7, relevance: 0.5, stars: 200 }));
  const { value, variance } = await answers((graph, { prepared }) => emitNearest(graph, prepared, fit));
  const { values, present } = apart(unseen.prepared, COLUMNS, asked);
  const rowOf = (from: Float32Array, row: number) => from.subarray(row * COLUMNS, (row + 1) * COLUMNS);
  const wanted = Array.from(asked, (row) => applyNearest(fit, rowOf(values, row), rowOf(present, row))[0]!);
  expect(
    apartBy(
      value,
      wanted.map((one) => one.value),
    ),
  ).toBeLessThan(1e-5);
  expect(
    apartBy(
      variance,
      wanted.map((one) => one.variance),
    ),
  ).toBeLessThan(1e-5);
});

test("a Gaussian process says the same in its graph as the sum over its points, to 1e-5", async () => {
  const settings: GpSettings = { stars: 500, inducing: 50, kernelStars: 60, kernelSteps: 8, gaps: 1 };
  const fit = fitGp(
    taskOf(
      settings,
      rows.filter((row) => row % 3 === 0),
    ),
    never,
  );
  const { value, variance } = await answers((graph, { prepared }) => emitGp(graph, prepared, fit));
  const [{ metric, amplitude, weights, noise }] = fit.kernels as [(typeof fit.kernels)[number]];
  const stars = weights[0]!.length;
  const starOf = (point: number) => fit.points.inputs.subarray(point * 2 * COLUMNS, (point + 1) * 2 * COLUMNS);
  const kernel = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    amplitude * matern(metric.reduce((sum, one, d) => sum + one * (a[d]! - b[d]!) ** 2, 0));
  const covariances = Array.from(asked, (row) =>
    Float64Array.from({ length: stars }, (_, point) => kernel(preparedOf(row), starOf(point))),
  );
  const wanted = covariances.map((of) => of.reduce((sum, one, point) => sum + weights[0]![point]! * one, 0));
  expect(apartBy(value, wanted)).toBeLessThan(1e-5);
  // There are so few points that the variance is the exact one: amplitude + noise - k' (K + noise)^-1 k.
  const matrix = Float64Array.from({ length: stars * stars }, (_, at) => {
    const [i, j] = [Math.floor(at / stars), at % stars];
    return kernel(starOf(i), starOf(j)) + (i === j ? noise : 0);
  });
  const factor = choleskyFactor(matrix, stars)!;
  const exact = covariances.map((of) => amplitude + noise - of.reduce((sum, one, i) => sum + one * choleskySolve(factor, of)[i]!, 0));
  expect(apartBy(variance, exact)).toBeLessThan(1e-3);
});
