import { InferenceSession, Tensor } from "onnxruntime-node";
import { AppError } from "../../../src/errors";
import { type BoostedLabel, exportBoostedTrees, type QuadraticRelation } from "../../../training/families/boosting/boosted-trees";
import { Booster, type BoostSample } from "../../../training/families/boosting/booster";
import { openXgboost } from "../../../training/families/boosting/library";
import { normal } from "../../support/random";
import { describeXgboost, XGBOOST } from "../../support/xgboost";

const COLUMNS = 4;

/** Sines and steps of four features, a tenth of which is missing; the base is the first feature. */
function sample(stars: number, seed: number): BoostSample {
  const gauss = normal(seed);
  const complete = Float32Array.from({ length: stars * COLUMNS }, gauss);
  const label = Float32Array.from({ length: stars }, (_, star) => {
    const [a, b, c, d] = complete.subarray(star * COLUMNS, (star + 1) * COLUMNS);
    return a! + Math.sin(3 * b!) + (c! > 0.3 ? d! : -1) + 0.1 * gauss();
  });
  const inputs = complete.map((value) => (gauss() > 1.28 ? Number.NaN : value));
  return { inputs, columns: COLUMNS, label, base: Float32Array.from({ length: stars }, (_, star) => inputs[star * COLUMNS]! || 0) };
}

/** The first of four inputs, as it is. */
const FIRST: QuadraticRelation = {
  constant: 0,
  linear: Float64Array.of(1, 0, 0, 0, 0, 0, 0, 0),
  quadratic: new Float64Array(64),
};

const AS_IT_IS = { mean: new Float64Array(COLUMNS), scale: new Float64Array(COLUMNS).fill(1), reach: 100 };

async function run(label: BoostedLabel, inputs: Float32Array): Promise<{ value: Float32Array; error: Float32Array }> {
  const onnx = exportBoostedTrees({ name: "trees", normalisation: AS_IT_IS, labels: [label] });
  const session = await InferenceSession.create(onnx, { intraOpNumThreads: 1 });
  const { value, error } = await session.run({ inputs: new Tensor("float32", inputs, [inputs.length / COLUMNS, COLUMNS]) });
  return { value: value!.data as Float32Array, error: error!.data as Float32Array };
}

const largest = (found: Float32Array, expected: Float32Array) =>
  Math.max(...found.map((value, index) => Math.abs(value - expected[index]!)));

describe("Trees as an ONNX file", () => {
  const stump = { left: [1, -1, -1], right: [2, -1, -1], feature: [1, 0, 0], value: [0.5, -2, 3], missingLeft: [false, false, false] };
  const leftStump = { ...stump, value: [0.5, 10, 20], missingLeft: [true, false, false] };

  it("send a value below the threshold left, one at it right, and a missing one the way that was learned", async () => {
    const label = {
      name: "feh",
      mean: 0,
      scale: 1,
      base: FIRST,
      members: [[stump, leftStump]],
      logError: [],
      calibration: { floor: 0, gain: 1 },
    };
    const inputs = Float32Array.of(0, 0.49, 0, 0, 0, 0.5, 0, 0, 0, Number.NaN, 0, 0);
    const constant = { left: [-1], right: [-1], feature: [0], value: [0], missingLeft: [false] };
    const { value } = await run({ ...label, logError: [constant] }, inputs);
    expect([...value]).toEqual([8, 23, 13]);
  });

  it("are averaged over the members, added to the relation and brought to the label's unit, as is the error", async () => {
    const base = { constant: 0.5, linear: Float64Array.of(2, 0, 0, 0, 1, 0, 0, 0), quadratic: new Float64Array(64) };
    base.quadratic[2 * 8 + 3] = 1; // the third times the fourth
    const constant = { left: [-1], right: [-1], feature: [0], value: [Math.log(0.3)], missingLeft: [false] };
    const label = {
      name: "feh",
      mean: -1.5,
      scale: 0.5,
      base,
      members: [[stump], [leftStump]],
      logError: [constant],
      calibration: { floor: 0.1, gain: 2 },
    };
    const { value, error } = await run(label, Float32Array.of(1, 0, 3, 4, Number.NaN, 1, 0, 0));
    expect(value[0]).toBeCloseTo(-1.5 + 0.5 * (0.5 + 2 + 12 + 4), 5);
    expect(value[1]).toBeCloseTo(-1.5 + 0.5 * (0.5 + 1 + 11.5), 5);
    expect(error[0]).toBeCloseTo(Math.hypot(0.1, 2 * 0.5 * 0.3), 5);
  });
});

describeXgboost("Boosted trees", () => {
  const library = XGBOOST!;
  const train = (parameters: Record<string, string | number> = {}, rounds = 60) =>
    Booster.train(library, sample(2000, 1), { objective: "reg:squarederror", max_depth: 5, eta: 0.2, ...parameters }, rounds);
  const unseen = sample(1000, 2);

  it("learn what the base leaves", () => {
    const booster = train();
    const mistakes = booster.predict(unseen).map((value, star) => value - unseen.label[star]!);
    booster.free();
    expect(Math.sqrt(mistakes.reduce((sum, one) => sum + one * one, 0) / mistakes.length)).toBeLessThan(0.75);
  });

  it("have the library's answers as an ONNX file, to 1.5e-5 over 1000 stars with missing values", async () => {
    const members = [train(), train({ max_depth: 3, subsample: 0.6, seed: 7 })];
    const predictions = members.map((member) => member.predict(unseen));
    const expected = predictions[0]!.map((value, star) => (value + predictions[1]![star]!) / 2);
    const trees = members.map((member) => member.trees());
    const base = { name: "feh", mean: 0, scale: 1, base: FIRST };
    const found = await run({ ...base, members: trees, logError: trees[0]!, calibration: { floor: 0, gain: 1 } }, unseen.inputs);
    expect(largest(found.value, expected)).toBeLessThan(1.5e-5);
    const log = members[0]!.predict({ ...unseen, base: new Float32Array(1000) });
    expect(largest(found.error.map(Math.log), log)).toBeLessThan(1.5e-5);
    for (const member of members) member.free();
  });

  it("count only the first rounds when asked to", () => {
    const [long, short] = [train(), train({}, 10)];
    expect(largest(long.predict(unseen, 10), short.predict(unseen))).toBeLessThan(1e-6);
    long.free();
    short.free();
  });

  it("keep to a monotone constraint", () => {
    const booster = train({ monotone_constraints: "(0,0,0,-1)" });
    const inputs = Float32Array.from({ length: 400 }, (_, i) => (i % COLUMNS === 3 ? i / 100 - 2 : 0.5));
    const answers = [...booster.predict({ inputs, columns: COLUMNS, base: new Float32Array(100) })];
    booster.free();
    expect(answers).toEqual([...answers].sort((a, b) => b - a));
  });

  it("are the same bit for bit when trained again", () => {
    const [one, other] = [train({ subsample: 0.5, seed: 3 }), train({ subsample: 0.5, seed: 3 })];
    expect(one.trees()).toEqual(other.trees());
    one.free();
    other.free();
  });

  it("pass on XGBoost's own words where it refuses a parameter", () => {
    expect(() => train({ max_depth: "deep" })).toThrow(/XGBoost \d.*max_depth/s);
  });
});

describe("Without XGBoost's library", () => {
  it("the error says how to install it", () => {
    const open = () => openXgboost("/nowhere/libxgboost.so");
    expect(open).toThrow(AppError);
    expect(open).toThrow(/ASTERISM_XGBOOST_LIBRARY names '\/nowhere\/libxgboost.so'.*apt-get install libxgboost0.*pip download/s);
  });
});
