import { chmodSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PREDICTION_FLAGS } from "../../src/catalogue/prediction-flags";
import { valuesOf } from "../../src/modalities/values/values";
import { InferenceEngine, type Runnable } from "../../src/models/inference/inference-engine";
import { Predictor } from "../../src/models/predictor";
import { type ModelVersion, Registry } from "../../src/models/registry/registry";
import { openServices, type TestServices } from "../support/api-services";
import { DEMO_FEATURES, DEMO_ONNX } from "../support/demo-features";
import { linearModel } from "../support/linear-model";
import { manifestDraft } from "../support/manifest";

const { INPUT_MISSING, INPUT_OUTSIDE_LIMITS, LABEL_EXTRAPOLATED } = PREDICTION_FLAGS;
const SETTINGS = { batchSize: 64, batchWindowMs: 0, queueLimit: 1000 };

const TENSORS = [
  { name: "value", width: 1 },
  { name: "error", width: 1 },
];

let services: TestServices;
let dataDir: string;
let registry: Registry;
let predictor: Predictor;
let version: ModelVersion;

beforeAll(async () => {
  services = await openServices();
  ({ dataDir, registry, predictor } = services);
  version = await registry.register(manifestDraft(), DEMO_ONNX);
});
afterAll(() => services.close());

test("a star's label comes with its uncertainty and without flags where all is well", async () => {
  const [star] = await predictor.predict(version, [{ photBpMeanMag: 11, photRpMeanMag: 10, parallax: 5 }]);
  expect(star).toEqual({
    labels: [{ label: "teff", unit: "K", value: 5050, uncertainty: 90, flags: 0 }],
    classes: [],
    vectors: [],
    unpredicted: null,
    refusal: null,
    flags: 0,
    inputsMissing: [],
    inputsOutsideLimits: [],
  });
});

test("what is missing and what lies outside the training limits is named input by input", async () => {
  const stars = await predictor.predict(version, [
    { photBpMeanMag: 11, photRpMeanMag: 10 },
    { photBpMeanMag: 13, photRpMeanMag: 10, parallax: 500 },
  ]);
  expect(stars[0]).toMatchObject({ inputsMissing: ["parallax"], inputsOutsideLimits: [], labels: [{ flags: INPUT_MISSING }] });
  expect(stars[1]).toMatchObject({ inputsOutsideLimits: ["bpRp", "parallax"], labels: [{ value: 8000, flags: INPUT_OUTSIDE_LIMITS }] });
});

test("a label beyond the training labels is flagged as extrapolated", async () => {
  const [star] = await predictor.predict(version, [{ photBpMeanMag: 13, photRpMeanMag: 10, parallax: 10 }]);
  expect(star!.labels[0]).toMatchObject({ value: 3100, flags: INPUT_OUTSIDE_LIMITS | LABEL_EXTRAPOLATED });
});

test("a star of which nothing is known gets no number", async () => {
  const [star] = await predictor.predict(version, [{}]);
  expect(star).toMatchObject({ labels: [], unpredicted: "no-input", inputsMissing: ["bpRp", "parallax"] });
});

test("an answer that is not finite is never served", async () => {
  const overflow = linearModel([{ name: "teff", offset: 0, slopes: [1e38, 0], error: 90 }]);
  const boundless = await registry.register(manifestDraft({ model: "boundless" }), overflow);
  const [star] = await predictor.predict(boundless, [{ photBpMeanMag: 100, photRpMeanMag: 0, parallax: 1 }]);
  expect(star).toMatchObject({ labels: [], unpredicted: "not-finite" });
});

test("a thousand stars, in more batches than one, come back in their order", async () => {
  const rows = Array.from({ length: 1000 }, (_, index) => ({ photBpMeanMag: 10, photRpMeanMag: 10, parallax: index / 100 }));
  const stars = await predictor.predict(version, rows);
  expect(stars.map((star) => Math.fround(star.labels[0]!.value))).toEqual(
    rows.map(({ parallax }) => Math.fround(6000 + Math.fround(parallax) * 10)),
  );
});

test("more stars than the queue takes are refused with OVERLOADED", async () => {
  await expect(predictor.predict(version, new Array(1001).fill({ parallax: 1 }))).rejects.toMatchObject({ code: "OVERLOADED" });
});

test("a version trained on other inputs than the code computes is refused", async () => {
  const changed = new Predictor(registry, [valuesOf([{ ...DEMO_FEATURES, inputs: [...DEMO_FEATURES.inputs].reverse() }])], SETTINGS);
  await expect(changed.predict(version, [{}])).rejects.toMatchObject({ code: "MODEL_UNAVAILABLE" });
});

test("a tampered artifact is refused, and served again once it is restored", async () => {
  const other = await registry.register(manifestDraft(), DEMO_ONNX);
  const file = path.join(dataDir, "models/demo", String(other.version), "model.onnx");
  chmodSync(file, 0o644);
  writeFileSync(file, linearModel([{ name: "teff", offset: 0, slopes: [0, 0], error: 0 }]));
  await expect(predictor.predict(other, [{ parallax: 1 }])).rejects.toMatchObject({ code: "ARTIFACT_TAMPERED" });
  writeFileSync(file, DEMO_ONNX);
  await expect(predictor.predict(other, [{ parallax: 1 }])).resolves.toHaveLength(1);
});

test("an artifact that is no ONNX file is a clear error", async () => {
  const broken = await registry.register(manifestDraft({ model: "broken" }), new TextEncoder().encode("not ONNX"));
  await expect(predictor.predict(broken, [{ parallax: 1 }])).rejects.toMatchObject({
    code: "MODEL_UNAVAILABLE",
    message: expect.stringContaining("broken@1"),
  });
});

test("more versions than are kept ready answer all the same, asked at once and in turn", async () => {
  const engine = new InferenceEngine(undefined, 1);
  const model = (id: number): Runnable => ({
    id,
    name: `demo@${id}`,
    tensors: TENSORS,
    read: async () => linearModel([{ name: "teff", offset: 1000 * id, slopes: [1, 0], error: 90 }]),
  });
  const ids = [1, 2, 3, 1, 2, 3, 3, 1];
  const answers = await Promise.all(ids.map((id) => engine.run(model(id), Float32Array.of(5, 0), 1)));
  for (const id of ids) answers.push(await engine.run(model(id), Float32Array.of(5, 0), 1));
  expect(answers.map(({ value }) => value![0])).toEqual([...ids, ...ids].map((id) => 1000 * id + 5));
  await engine.close();
});

test("after the worker dies, what it had fails clearly and the next request is answered by a new one", async () => {
  const mortal = path.join(dataDir, "mortal-worker.js");
  const real = path.join(__dirname, "../../src/models/inference/inference-worker.js");
  const scar = path.join(dataDir, "died-once");
  writeFileSync(
    mortal,
    `const fs = require("node:fs");
     if (fs.existsSync(${JSON.stringify(scar)})) require(${JSON.stringify(real)});
     else { fs.writeFileSync(${JSON.stringify(scar)}, ""); require("node:worker_threads").parentPort.once("message", () => process.exit(134)); }`,
  );
  const engine = new InferenceEngine(mortal);
  const model: Runnable = { id: 1, name: "demo@1", tensors: TENSORS, read: async () => DEMO_ONNX };
  const star = () => Float32Array.of(1, 0);
  await expect(engine.run(model, star(), 1)).rejects.toMatchObject({
    code: "MODEL_UNAVAILABLE",
    message: expect.stringContaining("status 134"),
  });
  expect((await engine.run(model, star(), 1)).value![0]).toBe(5000);
  await engine.close();
});
