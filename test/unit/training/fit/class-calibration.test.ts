import {
  type AnsweredClasses,
  calibrateClasses,
  calibratedProbabilities,
  emitCalibrated,
  expectedCalibrationError,
} from "../../../../training/fit/class-calibration";
import { softmax } from "../../../../training/fit/softmax";
import { OnnxModel } from "../../../../training/onnx/onnx-model";
import { runGraph } from "../../../../training/onnx/run-graph";
import { normal } from "../../../support/random";

const CLASSES = 3;

/** What answers is twice as sure as it should be, and three times where the condition holds. */
function made(rows: number, seed: number): { answered: AnsweredClasses; reference: Int32Array } {
  const gauss = normal(seed);
  const logits = Float64Array.from({ length: rows * CLASSES }, gauss);
  const conditions = Float32Array.from({ length: rows }, (_, row) => row % 2);
  // The most probable of logits with Gumbel noise is drawn by their softmax.
  const uniform = () => Math.min(1 - 1e-12, Math.max(1e-12, 0.5 * (1 + Math.tanh(0.8 * gauss() + 0.0357 * gauss() ** 3))));
  const reference = Int32Array.from({ length: rows }, (_, row) => {
    const drawn = [...logits.subarray(row * CLASSES, (row + 1) * CLASSES)].map((one) => one - Math.log(-Math.log(uniform())));
    return drawn.indexOf(Math.max(...drawn));
  });
  const surer = logits.map((one, at) => one * (2 + conditions[Math.floor(at / CLASSES)]!));
  return { answered: { probabilities: softmax(surer, CLASSES), classes: CLASSES, conditions, conditionCount: 1 }, reference };
}

describe("Calibrated probabilities", () => {
  const training = made(4000, 1);
  const unseen = made(4000, 2);
  const calibration = calibrateClasses(training.answered, training.reference);
  const calibrated = calibratedProbabilities(calibration, unseen.answered);

  it("are right as often as they say, on rows that they were not fitted on", () => {
    expect(expectedCalibrationError(unseen.answered, unseen.reference)).toBeGreaterThan(0.12);
    expect(expectedCalibrationError({ probabilities: calibrated, classes: CLASSES }, unseen.reference)).toBeLessThan(0.04);
  });

  it("are blunted more where the condition says that they are too sure", () => {
    const [sharpness, slope] = calibration.sharpness;
    expect(sharpness!).toBeCloseTo(0.5, 1);
    expect(slope!).toBeLessThan(-0.1);
  });

  it("are the same in a graph, and add up to one", async () => {
    const graph = new OnnxModel("classes");
    const probabilities = graph.input("probabilities", ["N", CLASSES]);
    graph.output("calibrated", emitCalibrated(graph, calibration, probabilities, graph.input("conditions", ["N", 1])), ["N", CLASSES]);
    const feeds = { probabilities: Float32Array.from(unseen.answered.probabilities), conditions: unseen.answered.conditions };
    const found = await runGraph(graph.finish(), feeds, 4000, ["calibrated"]);
    const differences = found.calibrated!.map((one, at) => Math.abs(one - calibrated[at]!));
    expect(Math.max(...differences)).toBeLessThan(1e-5);
  });
});

test("the expected calibration error is the mean difference between what was said and what was right", () => {
  // Two rows say 0.9, one of them is right; two say 0.6, both are: (2 |0.5 - 0.9| + 2 |1 - 0.6|) / 4.
  const probabilities = Float64Array.of(0.9, 0.1, 0.9, 0.1, 0.6, 0.4, 0.6, 0.4);
  expect(expectedCalibrationError({ probabilities, classes: 2 }, Int32Array.of(0, 1, 0, 0))).toBeCloseTo(0.4, 12);
});
