import * as tf from "@tensorflow/tfjs";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { exportMlpEnsemble, type MlpEnsemble } from "../../../training/families/mlp/mlp-ensemble";
import type { Activation, MlpWeights } from "../../../training/families/mlp/mlp-weights";
import { normalised, predictEnsemble } from "../../support/mlp-reference";
import { normal, uniform } from "../../support/random";

tf.enableProdMode(); // without its advice on installing other backends

const FEATURES = 6;
const ROWS = 1000;
const NORMALISATION = { mean: [12, 1.5, 5000, 0.1, -0.5, 900], scale: [2, 0.4, 700, 0.05, 0.3, 600], reach: 2.5 };

/** Raw rows about the normalisation, one value in eight missing. */
function rawRows(seed: number): number[][] {
  const gauss = normal(seed);
  const chance = uniform(seed + 1);
  return Array.from({ length: ROWS }, () =>
    NORMALISATION.mean.map((mean, i) => (chance() < 0.125 ? Number.NaN : Math.fround(mean + NORMALISATION.scale[i]! * gauss()))),
  );
}

const array = (length: number, draw: () => number) => Float32Array.from({ length }, draw);

/** Dense -> activation -> BatchNorm, Dense -> BatchNorm -> activation, Dense: both orders that occur in practice. */
function randomNetwork(seed: number, activation: Activation, outputs = 1): MlpWeights {
  const gauss = normal(seed);
  const dense = (inputs: number, units: number, act: Activation) => ({
    kind: "dense" as const,
    kernel: array(inputs * units, () => gauss() / Math.sqrt(inputs)),
    bias: array(units, () => 0.1 * gauss()),
    activation: act,
  });
  const batchNorm = (units: number) => ({
    kind: "batch-norm" as const,
    gamma: array(units, () => 1 + 0.1 * gauss()),
    beta: array(units, () => 0.1 * gauss()),
    mean: array(units, () => 0.3 * gauss()),
    variance: array(units, () => 0.5 + Math.abs(gauss())),
    epsilon: 1e-3,
  });
  return [
    dense(2 * FEATURES, 16, activation),
    batchNorm(16),
    dense(16, 12, "linear"),
    batchNorm(12),
    { kind: "activation", activation },
    dense(12, outputs, "linear"),
  ];
}

async function run(ensemble: MlpEnsemble, rows: readonly number[][]): Promise<{ value: Float32Array; error: Float32Array }> {
  const session = await InferenceSession.create(exportMlpEnsemble(ensemble), { intraOpNumThreads: 1 });
  const result = await session.run({ inputs: new Tensor("float32", Float32Array.from(rows.flat()), [rows.length, FEATURES]) });
  expect(result.value!.dims).toEqual([rows.length, ensemble.labels.length]);
  return { value: result.value!.data as Float32Array, error: result.error!.data as Float32Array };
}

/** Largest difference, relative to the size of the numbers compared. */
function largestDifference(found: Float32Array, wanted: readonly number[]): number {
  const size = Math.max(...wanted.map(Math.abs));
  return Math.max(...wanted.map((want, i) => Math.abs(found[i]! - want))) / size;
}

const label = (name: string, mean: number, scale: number, members: readonly MlpWeights[]) => ({
  name,
  mean,
  scale,
  members,
  calibration: { floor: 0.1 * scale, gain: 1.7 },
});

describe("An exported ensemble", () => {
  it.each<Activation>(["linear", "relu", "elu", "selu", "gelu", "silu", "tanh"])(
    "with %s layers equals the plain reference to 1e-5 on 1,000 rows with missing values",
    async (activation) => {
      const ensemble: MlpEnsemble = {
        name: "parity",
        normalisation: NORMALISATION,
        labels: [
          label(
            "teff",
            5100,
            640,
            [1, 2, 3].map((seed) => randomNetwork(seed, activation)),
          ),
          label(
            "logg",
            3.4,
            0.9,
            [4, 5].map((seed) => randomNetwork(seed, activation, 2)),
          ),
        ],
      };
      const rows = rawRows(7);
      const expected = rows.map((row) => predictEnsemble(ensemble, row));
      const found = await run(ensemble, rows);
      for (const l of [0, 1]) {
        const ofLabel = (data: Float32Array) => data.filter((_, i) => i % 2 === l);
        const values = expected.map((row) => row[l]!.value);
        const errors = expected.map((row) => row[l]!.error);
        expect(largestDifference(ofLabel(found.value), values)).toBeLessThan(1e-5);
        expect(largestDifference(ofLabel(found.error), errors)).toBeLessThan(1e-5);
      }
    },
  );

  it("equals the TensorFlow.js model whose weights it was given", async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ units: 24, activation: "relu", inputShape: [2 * FEATURES] }),
        tf.layers.batchNormalization({}),
        tf.layers.dropout({ rate: 0.02 }),
        tf.layers.dense({ units: 1 }),
      ],
    });
    const gauss = normal(11);
    // Moving means and variances that training would have left: fresh ones are 0 and 1 and would hide a fault.
    const given = model.weights.map(({ shape, name }) => {
      const data = array(
        shape.reduce<number>((n, size) => n * (size ?? 1), 1),
        () => (name.includes("variance") ? 0.5 + gauss() ** 2 : 0.3 * gauss()),
      );
      return tf.tensor(data, shape as number[]);
    });
    // model.weights lists trainable weights first, as getWeights and setWeights do.
    model.setWeights(given);
    const [kernel, bias] = model.layers[0]!.getWeights().map((t) => t.dataSync() as Float32Array);
    const [gamma, beta, mean, variance] = model.layers[1]!.getWeights().map((t) => t.dataSync() as Float32Array);
    const [lastKernel, lastBias] = model.layers[3]!.getWeights().map((t) => t.dataSync() as Float32Array);
    const weights: MlpWeights = [
      { kind: "dense", kernel: kernel!, bias: bias!, activation: "relu" },
      { kind: "batch-norm", gamma: gamma!, beta: beta!, mean: mean!, variance: variance!, epsilon: 1e-3 },
      { kind: "dense", kernel: lastKernel!, bias: lastBias!, activation: "linear" },
    ];
    const ensemble: MlpEnsemble = { name: "tfjs", normalisation: NORMALISATION, labels: [label("feh", -0.3, 0.4, [weights])] };
    const rows = rawRows(13);
    const prepared = rows.map((row) => [...row.map((x, i) => normalised(x, NORMALISATION, i)), ...row.map((x) => Number(Number.isNaN(x)))]);
    const output = (model.predict(tf.tensor2d(prepared)) as tf.Tensor).dataSync();
    const expected = Array.from(output, (z) => -0.3 + 0.4 * z);
    const found = await run(ensemble, rows);
    expect(largestDifference(found.value, expected)).toBeLessThan(1e-5);
    // One member has no spread: its error is the floor, whatever the star.
    expect(
      largestDifference(
        found.error,
        expected.map(() => 0.04),
      ),
    ).toBeLessThan(1e-5);
  });

  it("is refused where members disagree on what they give", () => {
    const members = [randomNetwork(1, "relu", 1), randomNetwork(2, "relu", 2)];
    expect(() => exportMlpEnsemble({ name: "mixed", normalisation: NORMALISATION, labels: [label("mh", 0, 1, members)] })).toThrow(
      "members of mh must all have one output, or all two",
    );
  });
});
