import { quantile } from "../../../../src/science/statistics";
import { coverage, emitError, fitErrorModel, statedErrorsOf } from "../../../../training/fit/error-model";
import type { Answered } from "../../../../training/fit/error-terms";
import { OnnxModel } from "../../../../training/onnx/onnx-model";
import { runGraph } from "../../../../training/onnx/run-graph";
import { normal } from "../../../support/random";

/** Rows whose true error doubles where the one condition holds, and grows with the spread and with the value. */
function made(rows: number, seed: number) {
  const gauss = normal(seed);
  const value = Float64Array.from({ length: rows }, gauss);
  const variance = Float64Array.from({ length: rows }, () => 0.01 * Math.exp(gauss()));
  const conditions = Float32Array.from({ length: rows }, (_, row) => Number(row % 3 === 0));
  const truth = value.map((one, row) => Math.sqrt(variance[row]!) * (conditions[row] ? 2 : 1) * (one > 0.5 ? 1.5 : 1));
  const answered: Answered = { value, variance, conditions, conditionCount: 1 };
  return { answered, truth, residuals: truth.map((error) => error * gauss()) };
}

const pick = (values: Float64Array, { conditions }: Answered, wanted: number) => values.filter((_, row) => conditions[row] === wanted);

describe("Stated errors", () => {
  const training = made(3000, 1);
  const unseen = made(3000, 2);
  const model = fitErrorModel(training.answered, training.residuals);
  const stated = statedErrorsOf(model, unseen.answered);

  it("cover 68% of rows that they were not fitted on within one and 95% within two, with the condition and without", () => {
    for (const wanted of [0, 1]) {
      const { one, two } = coverage(pick(unseen.residuals, unseen.answered, wanted), pick(stated, unseen.answered, wanted));
      expect(one).toBeGreaterThan(0.65);
      expect(one).toBeLessThan(0.72);
      expect(two).toBeGreaterThan(0.94);
      expect(two).toBeLessThan(0.97);
    }
  });

  it("are the true errors to a tenth, for nine rows in ten", () => {
    const ratios = stated.map((error, row) => error / unseen.truth[row]!);
    expect(quantile(ratios, 0.05)).toBeGreaterThan(0.8);
    expect(quantile(ratios, 0.95)).toBeLessThan(1.25);
  });

  it("are the same in a graph", async () => {
    const graph = new OnnxModel("errors");
    const [value, variance, conditions] = ["value", "variance", "conditions"].map((name) => graph.input(name, ["N", 1]));
    graph.output("error", emitError(graph, model, value!, variance!, conditions!), ["N", 1]);
    const { answered } = unseen;
    const feeds = {
      value: Float32Array.from(answered.value),
      variance: Float32Array.from(answered.variance!),
      conditions: answered.conditions,
    };
    const { error } = await runGraph(graph.finish(), feeds, stated.length, ["error"]);
    const differences = error!.map((one, row) => Math.abs(one / stated[row]! - 1));
    expect(Math.max(...differences)).toBeLessThan(1e-5);
  });

  it("are one number where there are only a few rows, or where no spread is stated and nothing else tells", () => {
    const few = made(30, 3);
    expect(new Set(statedErrorsOf(fitErrorModel(few.answered, few.residuals), few.answered)).size).toBe(1);
  });

  it("leave out a spread that is larger where rows are missed by less", () => {
    const { answered, residuals } = made(1000, 4);
    const turned = { ...answered, variance: answered.variance!.map((one) => 1e-4 / one) };
    expect(fitErrorModel(turned, residuals).shape.spread).toBeNull();
  });
});
