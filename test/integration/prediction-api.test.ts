import type { Services } from "../../src/graphql/services";
import { Predictor } from "../../src/models/predictor";
import type { App } from "../../src/server/app";
import { backfill } from "../../training/backfill/backfill";
import { type Ask, openApi } from "../support/api";
import { openServices } from "../support/api-services";
import { DEMO_ONNX, TEST_MODALITIES } from "../support/demo-features";
import { manifestDraft } from "../support/manifest";
import { insertStars } from "../support/stars";

let services: Services & { close(): Promise<void> };
let app: App;
let ask: Ask;
beforeAll(async () => {
  services = await openServices();
  const { database, predictor, registry } = services;
  await insertStars(database, 5, 1000);
  const version = await registry.register(manifestDraft(), DEMO_ONNX);
  await backfill(database, predictor, version, { release: 3, rangeSize: 100 });
  await insertStars(database, 3, 2001);
  const data = { ...manifestDraft().data, synthetic: true, path: "/home/somebody/rave" };
  await registry.register(manifestDraft({ data }), DEMO_ONNX);
  ({ app, ask } = await openApi(services));
});
afterAll(async () => {
  await app.close();
  await services.close();
});

/** BP - RP of star 1002 is 1.5 mag, its parallax 0.5 mas: teff = 6000 - 1500 + 5. */
const OF_1002 = { parameter: "teff", unit: "K", value: 4505, uncertainty: 90, flags: [] };

test("a backfilled star's prediction is read, with the version that said so", async () => {
  const { data, errors } = await ask(
    '{ star(sourceId: 1002) { prediction(model: "demo") { stored inputsMissing modelVersion { model version aliases } labels { parameter unit value uncertainty flags } } } }',
  );
  expect(errors).toEqual([]);
  expect(data?.star?.prediction).toEqual({
    stored: true,
    inputsMissing: null,
    modelVersion: { model: "demo", version: 1, aliases: ["CHAMPION"] },
    labels: [OF_1002],
  });
});

test("a version that was not backfilled predicts on demand, and says the same of the same star", async () => {
  const { data } = await ask(
    '{ star(sourceId: 1002) { prediction(model: "demo@challenger") { stored inputsMissing modelVersion { version synthetic } labels { parameter unit value uncertainty flags } } } }',
  );
  expect(data?.star?.prediction).toEqual({
    stored: false,
    inputsMissing: [],
    modelVersion: { version: 2, synthetic: true },
    labels: [{ ...OF_1002, flags: ["SYNTHETIC_MODEL"] }],
  });
});

test("stored and computed predictions mix in one list", async () => {
  const { data, errors } = await ask(
    '{ starsByIds(sourceIds: [1002, 2002, 1003]) { prediction(model: "demo") { stored labels { value } } } }',
  );
  expect(errors).toEqual([]);
  expect(data?.starsByIds?.map((star) => star.prediction?.stored)).toEqual([true, false, true]);
});

test("a star of which nothing is known gets no label, and the reason", async () => {
  const { data } = await ask('{ star(sourceId: 1000) { prediction(model: "demo@2") { unpredicted labels { value } inputsMissing } } }');
  expect(data?.star?.prediction).toEqual({ unpredicted: "NO_INPUT", labels: [], inputsMissing: ["bpRp", "parallax"] });
});

test("predicted labels are the stored ones: of all champions, of one version, of one parameter", async () => {
  const { data } = await ask(`{ star(sourceId: 1002) {
    all: predictedLabels { parameter value modelVersion { version } }
    none: predictedLabels(model: "demo@2") { value }
    teff: predictedLabels(model: "demo", parameter: "teff") { value }
    feh: predictedLabels(parameter: "feh") { value }
  } }`);
  expect(data?.star).toEqual({
    all: [{ parameter: "teff", value: 4505, modelVersion: { version: 1 } }],
    none: [],
    teff: [{ value: 4505 }],
    feh: [],
  });
});

test("a model predicts from given values, and flags what deserves doubt", async () => {
  const { data, errors } = await ask(`{ predict(model: "demo", inputs: [
    { photBpMeanMag: 12, photRpMeanMag: 11, parallax: 1 }
    { parallax: 100 }
  ]) { stored inputsMissing inputsOutsideLimits labels { value flags } } }`);
  expect(errors).toEqual([]);
  expect(data?.predict?.[0]).toEqual({ stored: false, inputsMissing: [], inputsOutsideLimits: [], labels: [{ value: 5010, flags: [] }] });
  expect(data?.predict?.[1]).toMatchObject({ inputsMissing: ["bpRp"], inputsOutsideLimits: ["parallax"] });
  expect(data?.predict?.[1]?.labels?.[0]?.flags).toEqual(expect.arrayContaining(["INPUT_MISSING", "INPUT_OUTSIDE_LIMITS"]));
});

test("a value that the model does not read is refused, with those that it reads", async () => {
  const { errors } = await ask('{ predict(model: "demo", inputs: [{ twomassJ: 9 }]) { stored } }');
  expect(errors[0]).toMatchObject({
    message: "The model does not read twomassJ. It reads: photBpMeanMag, photRpMeanMag, parallax.",
    extensions: { code: "BAD_INPUT" },
  });
});

test.each([
  ["nope", "NOT_FOUND", "There are: demo"],
  ["demo@9", "NOT_FOUND", "no version 9"],
  ["Demo!", "BAD_INPUT", "a-z"],
])("the model %s is refused in words that help", async (model, code, words) => {
  const { errors } = await ask("query ($model: String!) { predict(model: $model, inputs: [{ parallax: 1 }]) { stored } }", { model });
  expect(errors[0]?.extensions.code).toBe(code);
  expect(errors[0]?.message).toContain(words);
});

test("a queue that is full answers OVERLOADED, and the rest of the query is answered", async () => {
  const predictor = new Predictor(services.registry, TEST_MODALITIES, { batchSize: 1, batchWindowMs: 0, queueLimit: 1 });
  const small = await openApi({ ...services, predictor });
  const { data, errors } = await small.ask(
    '{ star(sourceId: 1002) { ra } models { name } starsByIds(sourceIds: [2002, 2003]) { prediction(model: "demo@2") { stored } } }',
  );
  await small.app.close();
  await predictor.close();
  expect(errors[0]?.extensions.code).toBe("OVERLOADED");
  expect(data).toMatchObject({ star: { ra: 10 }, models: [{ name: "demo" }], starsByIds: [null, null] });
});

test("models tell their versions, inputs, metrics, manifests and history", async () => {
  const { data, errors } = await ask(`{
    models { name recipe versions { version aliases synthetic } events { kind alias fromVersion toVersion } }
    model(name: "nope") { name }
    modelVersion(reference: "demo@1") {
      sha256 bytes manifest metric { name value }
      inputs { name unit limits { min max } }
      labels { name unit limits { min max } test { rmse stars } before { rmse } coverage }
    }
  }`);
  expect(errors).toEqual([]);
  expect(data?.models).toEqual([
    {
      name: "demo",
      recipe: "demo-recipe",
      versions: [
        { version: 2, aliases: ["CHALLENGER"], synthetic: true },
        { version: 1, aliases: ["CHAMPION"], synthetic: false },
      ],
      events: [
        { kind: "registered", alias: "CHAMPION", fromVersion: null, toVersion: 1 },
        { kind: "registered", alias: "CHALLENGER", fromVersion: null, toVersion: 2 },
      ],
    },
  ]);
  expect(data?.model).toBeNull();
  expect(data?.modelVersion).toMatchObject({
    manifest: { model: "demo", format: 2 },
    metric: { name: "rmse-ratio", value: 0.8 },
    inputs: [
      { name: "bpRp", unit: "mag", limits: { min: 0, max: 2 } },
      { name: "parallax", unit: "mas", limits: { min: 0.1, max: 10 } },
    ],
    labels: [
      { name: "teff", unit: "K", limits: { min: 3500, max: 8000 }, test: { rmse: 1, stars: 10 }, before: { rmse: 1 }, coverage: 0.68 },
    ],
  });
});

test("a manifest is answered without the path of its data", async () => {
  const { data } = await ask('{ modelVersion(reference: "demo@2") { manifest } }');
  expect(data?.modelVersion?.manifest).toMatchObject({ model: "demo", data: { source: "catalogue", sha256: "0".repeat(64) } });
  expect(data?.modelVersion?.manifest?.data).not.toHaveProperty("path");
});
