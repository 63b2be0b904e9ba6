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

/** Rows with two conditions, whose true error is 1, 2 with either of them, and `both` with both. */
function madeOfTwo(rows: number, seed: number, both: number) {
  const gauss = normal(seed);
  const conditions = Float32Array.from({ length: 2 * rows }, (_, at) => (Math.floor(at / 2) >> (at % 2)) & 1);
  const truth = Float64Array.from({ length: rows }, (_, row) => {
    const held = conditions[2 * row]! + conditions[2 * row + 1]!;
    return held === 2 ? both : 1 + held;
  });
  const answered: Answered = { value: truth.map(gauss), variance: null, conditions, conditionCount: 2 };
  return { answered, truth, residuals: truth.map((error) => error * gauss()) };
}

/** The fitted model as a graph, run on rows. */
async function inGraph(model: ReturnType<typeof fitErrorModel>, { value, variance, conditions, conditionCount }: Answered) {
  const graph = new OnnxModel("errors");
  const inputs = [
    graph.input("value", ["N", 1]),
    variance && graph.input("variance", ["N", 1]),
    graph.input("conditions", ["N", conditionCount]),
  ];
  graph.output("error", emitError(graph, model, inputs[0]!, inputs[1]!, inputs[2]!), ["N", 1]);
  const feeds = { value: Float32Array.from(value), ...(variance && { variance: Float32Array.from(variance) }), conditions };
  return (await runGraph(graph.finish(), feeds, value.length, ["error"])).error!;
}

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
    const error = await inGraph(model, unseen.answered);
    expect(Math.max(...error.map((one, row) => Math.abs(one / stated[row]! - 1)))).toBeLessThan(1e-5);
  });

  it.each([2, 30])("are true of either of two conditions and of both, where both together mean an error of %d", async (both) => {
    const { answered, residuals } = madeOfTwo(2000, 5, both);
    const fitted = fitErrorModel(answered, residuals);
    const other = madeOfTwo(400, 6, both);
    const errors = statedErrorsOf(fitted, other.answered);
    errors.forEach((error, row) => {
      expect(error / other.truth[row]!).toBeGreaterThan(0.8);
      expect(error / other.truth[row]!).toBeLessThan(1.25);
    });
    const error = await inGraph(fitted, other.answered);
    expect(Math.max(...error.map((one, row) => Math.abs(one / errors[row]! - 1)))).toBeLessThan(1e-5);
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
