import { conditionsOfRows } from "../../../../training/fit/condition-patterns";
import { emitError, fitErrorModel, statedErrorsOf } from "../../../../training/fit/error-model";
import type { Answered } from "../../../../training/fit/error-terms";
import { OnnxModel } from "../../../../training/onnx/onnx-model";
import { runGraph } from "../../../../training/onnx/run-graph";
import { normal } from "../../../support/random";

const ROWS = 2000;
const all = Int32Array.from({ length: ROWS }, (_, row) => row);
/** Two conditions that hold or do not, each half of the time, and one that is a number. */
const conditions = Float32Array.from({ length: 3 * ROWS }, (_, at) => {
  const [row, column] = [Math.floor(at / 3), at % 3];
  return column === 2 ? (row % 7) / 7 : (row >> column) & 1;
});
const known = conditionsOfRows({ conditions, conditionNames: ["parallax", "2mass", "noise"] }, all);

test("what holds together is a condition of its own, whatever is no yes or no", () => {
  expect(known.conditionCount).toBe(6);
  for (const row of [0, 1, 2, 3])
    expect([...known.conditions.subarray(6 * row, 6 * row + 6)]).toEqual([
      ...[row & 1, row >> 1, Math.fround(row / 7)],
      ...[row === 1, row === 2, row === 3].map(Number),
    ]);
});

test("they are the same in a graph", async () => {
  const graph = new OnnxModel("conditions");
  graph.output("joined", known.emit(graph, graph.input("conditions", ["N", 3])), ["N", 6]);
  const { joined } = await runGraph(graph.finish(), { conditions }, ROWS, ["joined"]);
  expect([...joined!]).toEqual([...known.conditions]);
});

test("a set of conditions that few rows have is none to learn from", () => {
  const rare = conditions.map((value, at) => (at % 3 === 1 && at > 3 * 100 ? 0 : value));
  expect(conditionsOfRows({ conditions: rare, conditionNames: ["a", "b", "c"] }, all).conditionCount).toBe(4);
});

/** Rows whose true error is 1, 2 with either condition, and `both` with both. */
function made(seed: number, both: number) {
  const gauss = normal(seed);
  const truth = Float64Array.from(all, (row) => [1, 2, 2, both][row & 3]!);
  const answered: Answered = { value: truth.map(gauss), variance: null, ...known };
  return { answered, truth, residuals: truth.map((error) => error * gauss()) };
}

test.each([2, 30])(
  "stated errors are true of either of two conditions and of both, where both together mean an error of %d",
  async (both) => {
    const training = made(5, both);
    const model = fitErrorModel(training.answered, training.residuals);
    const unseen = made(6, both);
    const stated = statedErrorsOf(model, unseen.answered);
    expect(Math.min(...stated.map((error, row) => error / unseen.truth[row]!))).toBeGreaterThan(0.75);
    expect(Math.max(...stated.map((error, row) => error / unseen.truth[row]!))).toBeLessThan(1.33);
    const graph = new OnnxModel("errors");
    const inputs = { value: graph.input("value", ["N", 1]), conditions: graph.input("conditions", ["N", 3]) };
    graph.output("error", emitError(graph, model, inputs.value, null, known.emit(graph, inputs.conditions)), ["N", 1]);
    const { error } = await runGraph(graph.finish(), { value: Float32Array.from(unseen.answered.value), conditions }, ROWS, ["error"]);
    expect(Math.max(...error!.map((one, row) => Math.abs(one / stated[row]! - 1)))).toBeLessThan(1e-5);
  },
);
