import { readFileSync } from "node:fs";
import path from "node:path";
import { PREDICTION_FLAGS } from "../../src/catalogue/prediction-flags";
import type { ModelVersion } from "../../src/models/registry/registry";
import type { App } from "../../src/server/app";
import { type Ask, openApi } from "../support/api";
import { openServices, type TestServices } from "../support/api-services";
import { DEMO_ONNX } from "../support/demo-features";
import { linearModel } from "../support/linear-model";
import { manifestDraft, TEFF } from "../support/manifest";
import { mixedDraft, mixedModel } from "../support/mixed-model";
import { insertStars } from "../support/stars";

let services: TestServices;
let version: ModelVersion;
let app: App;
let ask: Ask;
beforeAll(async () => {
  services = await openServices();
  version = await services.registry.register(mixedDraft(), mixedModel());
  ({ app, ask } = await openApi(services));
});
afterAll(async () => {
  await app.close();
  await services.close();
});

test("an artifact that takes raw columns by name says quantities, classes and vectors", async () => {
  const [star] = await services.predictor.predict(version, [{ gMag: 10, parallax: 2 }]);
  expect(star).toEqual({
    labels: [{ label: "teff", unit: "K", value: 5000, uncertainty: 90, flags: 0 }],
    classes: [{ name: "kind", value: "dwarf", probability: 0.5, probabilities: [0.5, 0.5], flags: 0 }],
    vectors: [{ name: "space", values: [10, 2, 1], flags: 0 }],
    ...{ unpredicted: null, refusal: null, flags: 0, inputsMissing: [], inputsOutsideLimits: [] },
  });
});

test("many stars come back in their order, in every output", async () => {
  const rows = Array.from({ length: 300 }, (_, index) => ({ gMag: 5 + index / 40, parallax: index / 30 }));
  const stars = await services.predictor.predict(version, rows);
  expect(stars.map(({ labels }) => labels[0]!.value)).toEqual(rows.map(({ gMag }) => expect.closeTo(6000 - 100 * gMag, 2)));
  expect(stars.map(({ classes }) => classes[0]!.value)).toEqual(rows.map(({ gMag }) => (gMag > 10 ? "giant" : "dwarf")));
  expect(stars.map(({ vectors }) => vectors[0]!.values[1])).toEqual(rows.map(({ parallax }) => expect.closeTo(parallax, 4)));
});

test("a label whose stated error says no more than the training sample's mean is left out, and what is known stays", async () => {
  const [star] = await services.predictor.predict(version, [{ gMag: 12 }]);
  expect(star).toMatchObject({ labels: [], classes: [{ value: "giant" }], unpredicted: null, inputsMissing: ["parallax"] });
  const only = await services.registry.register(
    manifestDraft({ model: "vague", outputs: [{ ...TEFF, largestError: 50 }] }),
    linearModel([{ name: "teff", offset: 5000, slopes: [0, 0], error: 90 }]),
  );
  expect(await services.predictor.predict(only, [{ parallax: 1 }])).toMatchObject([{ labels: [], unpredicted: "prior-only" }]);
});

test("a star far outside the training sample gets no answer; one a little outside is flagged", async () => {
  const stars = await services.predictor.predict(version, [
    { gMag: 19, parallax: 1 },
    { gMag: 21, parallax: 1 },
  ]);
  expect(stars[0]).toMatchObject({ flags: PREDICTION_FLAGS.INPUT_OUTSIDE_LIMITS, inputsOutsideLimits: ["gMag"], unpredicted: null });
  expect(stars[0]!.labels).toHaveLength(1);
  expect(stars[1]).toMatchObject({ labels: [], classes: [], vectors: [], unpredicted: "outside-training" });
});

test("the API takes the values of such a model by the model's own names, and answers with every output", async () => {
  const { data, errors } = await ask(`{ predict(model: "mixed", inputs: [{ parallax: 2, values: [{ name: "gMag", value: 12 }] }]) {
    labels { parameter value } classes { name value probability probabilities { class probability } flags } vectors { name values } unpredicted } }`);
  expect(errors).toEqual([]);
  const giant = 1 / (1 + Math.exp(-2));
  expect(data?.predict).toEqual([
    {
      labels: [{ parameter: "teff", value: 4800 }],
      classes: [
        {
          name: "kind",
          value: "giant",
          probability: expect.closeTo(giant, 5),
          probabilities: [
            { class: "dwarf", probability: expect.closeTo(1 - giant, 5) },
            { class: "giant", probability: expect.closeTo(giant, 5) },
          ],
          flags: [],
        },
      ],
      vectors: [{ name: "space", values: [12, 2, 1] }],
      unpredicted: null,
    },
  ]);
});

test.each([
  ['{ values: [{ name: "hMag", value: 12 }] }', "The model does not read hMag. It reads: gMag, parallax."],
  ['{ parallax: 1, values: [{ name: "parallax", value: 2 }] }', "parallax is given twice"],
])("values %s are refused with those that the model reads", async (inputs, why) => {
  const { errors } = await ask(`{ predict(model: "mixed", inputs: [${inputs}]) { stored } }`);
  expect(errors[0]).toMatchObject({ message: expect.stringContaining(why), extensions: { code: "BAD_INPUT" } });
});

test("a model that reads what the catalogue does not hold says so of stored stars", async () => {
  await insertStars(services.database, 2, 1000);
  const { errors } = await ask('{ star(sourceId: 1001) { prediction(model: "mixed") { stored } } }');
  expect(errors[0]).toMatchObject({
    message: expect.stringContaining("reads gMag, which the catalogue does not hold"),
    extensions: { code: "BAD_INPUT" },
  });
});

test("the model's outputs are described, with the direction of its metric", async () => {
  const { data, errors } = await ask(`{ modelVersion(reference: "mixed") { modality labels { name coverage coverageTwo }
    classes { name classes test { accuracy confusion } } vectors { name length } metric { better } } }`);
  expect(errors).toEqual([]);
  expect(data?.modelVersion).toEqual({
    modality: "values",
    labels: [{ name: "teff", coverage: 0.68, coverageTwo: 0.95 }],
    classes: [
      {
        name: "kind",
        classes: ["dwarf", "giant"],
        test: {
          accuracy: 0.9,
          confusion: [
            [5, 0],
            [1, 4],
          ],
        },
      },
    ],
    vectors: [{ name: "space", length: 3 }],
    metric: { better: "LOWER" },
  });
});

test("an artifact that lacks an output of its manifest is refused by name", async () => {
  const lacking = await services.registry.register(mixedDraft({ model: "lacking" }), DEMO_ONNX);
  await expect(services.predictor.predict(lacking, [{ gMag: 1 }])).rejects.toMatchObject({ code: "MODEL_UNAVAILABLE" });
});

test("a model trained on a synthetic sky is flagged on every star that is not of one", async () => {
  const data = { ...manifestDraft().data, synthetic: true };
  const synthetic = await services.registry.register(manifestDraft({ model: "dreamt", data }), DEMO_ONNX);
  await services.database.query("UPDATE star SET synthetic = (source_id = 1001)");
  const stars = await services.predictor.predictStored(services.database, synthetic, 3, [1000n, 1001n]);
  await services.database.query("UPDATE star SET parallax = 5 WHERE source_id = 1000");
  const [real] = await services.predictor.predictStored(services.database, synthetic, 3, [1000n]);
  expect(real!.labels[0]!.flags & PREDICTION_FLAGS.SYNTHETIC_MODEL).toBe(PREDICTION_FLAGS.SYNTHETIC_MODEL);
  expect(stars[1]!.labels[0]!.flags & PREDICTION_FLAGS.SYNTHETIC_MODEL).toBe(0);
  const [given] = await services.predictor.predict(synthetic, [{ parallax: 1 }]);
  expect(given!.flags & PREDICTION_FLAGS.SYNTHETIC_MODEL).toBe(PREDICTION_FLAGS.SYNTHETIC_MODEL);
});

test("the docs say what every flag means, in its own words", () => {
  const docs = readFileSync(path.join(__dirname, "../../../docs/models.md"), "utf8");
  for (const name of Object.keys(PREDICTION_FLAGS)) expect(docs).toContain(`\`${name}\``);
});
