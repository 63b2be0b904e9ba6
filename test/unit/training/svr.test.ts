import { InferenceSession, Tensor } from "onnxruntime-node";
import { rootMeanSquare } from "../../../src/science/statistics";
import { emitSvr } from "../../../training/families/svr/emit-svr";
import { fitSvr, predictSvr, type SvrWeights } from "../../../training/families/svr/svr";
import { PredictionModel } from "../../../training/fit/prediction-model";
import type { Normalisation } from "../../../training/fit/scales";
import { FLOAT64 } from "../../../training/onnx/onnx-model";
import { normal } from "../../support/random";

/** y = sin(2 x0) + x1 x2, and flags that are all 0. */
function sample(stars: number, seed: number) {
  const gauss = normal(seed);
  const inputs = Float64Array.from({ length: stars * 6 }, (_, i) => (i % 6 < 3 ? Math.fround(0.7 * gauss()) : 0));
  const label = Float64Array.from({ length: stars }, (_, s) => Math.sin(2 * inputs[6 * s]!) + inputs[6 * s + 1]! * inputs[6 * s + 2]!);
  return { inputs, columns: 6, label };
}

/** A regression of a temperature as one ONNX file, with an error of 93 K for all stars. */
function exported(weights: SvrWeights, normalisation: Normalisation): Uint8Array {
  const model = new PredictionModel("svr", normalisation);
  const value = emitSvr(model.graph, model.graph.add("Cast", [model.inputs], { to: FLOAT64 }), weights);
  model.label({ name: "teff", mean: 5000, scale: 600 }, { value }, { floor: 93, gain: 0 });
  return model.finish();
}

const SETTINGS = { gamma: 0.3, cost: 100, epsilon: 0.02 };

describe("A support-vector regression", () => {
  const weights = fitSvr(sample(400, 1), SETTINGS);
  const unseen = sample(300, 2);

  it("learns a smooth function of its inputs to a few hundredths", () => {
    const errors = predictSvr(weights, unseen).map((value, star) => value - unseen.label[star]!);
    expect(rootMeanSquare(errors)).toBeLessThan(0.08);
  });

  it("has the same answers as an ONNX file, to 1e-5, and one error for all stars", async () => {
    const normalisation = { mean: [10, 20, 30], scale: [2, 4, 8], reach: 10 };
    const session = await InferenceSession.create(exported(weights, normalisation), { intraOpNumThreads: 1 });
    const raw = Float32Array.from({ length: 900 }, (_, i) => {
      const [star, input] = [Math.floor(i / 3), i % 3];
      return normalisation.mean[input]! + normalisation.scale[input]! * unseen.inputs[6 * star + input]!;
    });
    raw[0] = Number.NaN;
    // What the graph is to make of the first star: filled with the mean, and flagged.
    const prepared = { columns: 6, inputs: unseen.inputs.slice() };
    prepared.inputs[0] = 0;
    prepared.inputs[3] = 1;
    const expected = predictSvr(weights, prepared).map((z) => 5000 + 600 * z);
    const { value, error } = await session.run({ inputs: new Tensor("float32", raw, [300, 3]) });
    const difference = (value!.data as Float32Array).map((found, star) => Math.abs(found - expected[star]!) / 5000);
    expect(Math.max(...difference)).toBeLessThan(1e-5);
    expect(new Set(error!.data as Float32Array)).toEqual(new Set([93]));
  });
});
