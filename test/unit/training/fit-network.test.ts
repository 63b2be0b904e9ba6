import * as tf from "@tensorflow/tfjs";
import { dropoutMask } from "../../../training/families/mlp/dropout";
import { fitNetwork } from "../../../training/families/mlp/fit-network";
import type { FitSettings, FitTask } from "../../../training/families/mlp/fit-task";
import { randomFor } from "../../../training/fit/draws";
import { openBackend } from "../../../training/tensorflow/ladder";
import type { LossName } from "../../../training/tensorflow/loss";
import { normal } from "../../support/random";

beforeAll(async () => {
  await openBackend("wasm");
});

const SETTINGS: FitSettings = {
  width: 16,
  depth: 2,
  activation: "silu",
  dropout: 0.02,
  loss: "mse",
  batchSize: 32,
  epochs: 12,
  patience: 12,
  learningRate: 1e-2,
  weightDecay: 0.01,
  averaging: 0.95,
};

/** y = x0 + 0.5 x1^2 with four inputs that do not matter: a variance of 1.5. */
function task(overrides: Partial<FitSettings> = {}, seed = 7): FitTask {
  const inputs = Float32Array.from({ length: 6 * 500 }, normal(1));
  const label = Float32Array.from({ length: 500 }, (_, row) => inputs[6 * row]! + 0.5 * inputs[6 * row + 1]! ** 2);
  const rows = Int32Array.from(label.keys());
  const settings = { ...SETTINGS, ...overrides };
  return { inputs, columns: 6, label, train: rows.subarray(0, 400), validation: rows.subarray(400), settings, seed };
}

const neverStop = () => false;

test("a seed repeats a fit bit for bit, another seed does not", async () => {
  const first = await fitNetwork(task(), neverStop);
  const again = await fitNetwork(task(), neverStop);
  const other = await fitNetwork(task({}, 8), neverStop);
  expect(again).toEqual(first);
  expect(other.validationLoss).not.toBe(first.validationLoss);
});

test("a fit learns and leaves no tensor behind", async () => {
  const before = tf.memory().numTensors;
  const { validationLoss } = await fitNetwork(task(), neverStop);
  expect(validationLoss).toBeLessThan(0.15);
  expect(tf.memory().numTensors).toBe(before);
});

test.each<LossName>(["huber", "log-cosh", "gaussian-nll"])("it learns by the %s loss", async (loss) => {
  const losses: number[] = [];
  await fitNetwork(task({ loss }), (_, validationLoss) => {
    losses.push(validationLoss);
    return false;
  });
  expect(losses.at(-1)).toBeLessThan(losses[0]! - 0.1);
});

test("what is kept is the best epoch, not the last", async () => {
  const losses: number[] = [];
  const result = await fitNetwork(task({ learningRate: 0.3, averaging: 0, epochs: 8 }), (_, loss) => {
    losses.push(loss);
    return false;
  });
  expect(result.validationLoss).toBe(Math.min(...losses));
  expect(losses[result.bestEpoch - 1]).toBe(result.validationLoss);
});

test("a fit ends with the best so far when it is told to", async () => {
  const result = await fitNetwork(task(), (epoch) => epoch === 3);
  expect(result.epochs).toBe(3);
});

test("dropout drops the stated share and keeps the mean", () => {
  const mask = dropoutMask(100_000, 0.02, randomFor("dropout", 1));
  const dropped = mask.filter((value) => value === 0).length;
  expect(dropped / mask.length).toBeCloseTo(0.02, 2);
  expect(mask.reduce((sum, value) => sum + value, 0) / mask.length).toBeCloseTo(1, 2);
});
