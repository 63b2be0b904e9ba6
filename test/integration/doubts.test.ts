import { readFileSync } from "node:fs";
import path from "node:path";
import { PREDICTION_FLAGS } from "../../src/catalogue/prediction-flags";
import { VARIABILITY_FLAGS } from "../../src/catalogue/variability";
import { fourierFeatures } from "../../src/features/fourier-parameters/feature-sets";
import type { ModelVersion } from "../../src/models/registry/registry";
import type { App } from "../../src/server/app";
import { backfill } from "../../training/backfill/backfill";
import { predictFile } from "../../training/predict/predict-file";
import { type Ask, openApi } from "../support/api";
import { openServices, type TestServices } from "../support/api-services";
import { sawtooth, writeFolder } from "../support/folded-curves";
import { linearModel } from "../support/linear-model";
import { FEH, manifestDraft } from "../support/manifest";
import { registerMetallicityModel } from "../support/metallicity-model";
import { temporaryFolder } from "../support/table-files";

/** Star 77's stored period was found by a search that may have missed the right one; star 78's is published. */
const DOUBTED = 77n;
const TRUSTED = 78n;

const folder = temporaryFolder();
let services: TestServices;
let version: ModelVersion;
let app: App;
let ask: Ask;

async function insertCurves(): Promise<void> {
  const { database } = services;
  await database.script("INSERT INTO catalogue (name, title, bands, mag_system) VALUES ('curves', 'Curves', '{G}', 'Vega')");
  const points = sawtooth(40);
  for (const [id, method, flags] of [
    [DOUBTED, "computed", VARIABILITY_FLAGS.PERIOD_DOUBTFUL],
    [TRUSTED, "published", 0],
  ] as const) {
    await database.query("INSERT INTO star (release, source_id, ra, dec) VALUES (3, $1, 10, -30)", [id]);
    await database.query(
      `INSERT INTO light_curve (release, source_id, catalogue_id, band, folded, time, mag, mag_error)
       SELECT 3, $1, id, 'G', true, $2::float8[], $3::float8[], '{}' FROM catalogue WHERE name = 'curves'`,
      [id, points.map(([phase]) => phase), points.map(([, mag]) => mag)],
    );
    await database.query(
      `INSERT INTO variability (release, source_id, catalogue_id, band, method, period, flags)
       SELECT 3, $1, id, 'G', $2, 0.55, $3 FROM catalogue WHERE name = 'curves'`,
      [id, method, flags],
    );
  }
}

beforeAll(async () => {
  services = await openServices();
  version = await registerMetallicityModel(services.registry);
  await insertCurves();
  ({ app, ask } = await openApi(services));
});
afterAll(async () => {
  await app.close();
  await services.close();
});

const PREDICTION = `{ starsByIds(sourceIds: [${DOUBTED}, ${TRUSTED}]) { prediction(model: "rrl-test") { stored labels { value flags } } } }`;
const flagsOf = (stored: boolean) => [
  { prediction: { stored, labels: [{ value: -1.2, flags: ["PERIOD_DOUBTFUL"] }] } },
  { prediction: { stored, labels: [{ value: -1.2, flags: [] }] } },
];

test("a doubtful stored period is flagged where a prediction is computed for a star", async () => {
  const { data, errors } = await ask(PREDICTION);
  expect(errors).toEqual([]);
  expect(data?.starsByIds).toEqual(flagsOf(false));
});

test("a doubtful stored period is flagged by predictMetallicity, and a period that is given is trusted", async () => {
  const { data, errors } = await ask(`{
    doubted: predictMetallicity(lightCurve: { sourceId: "${DOUBTED}" }) { feh flags periodSource }
    trusted: predictMetallicity(lightCurve: { sourceId: "${TRUSTED}" }) { feh flags periodSource }
    given: predictMetallicity(lightCurve: { sourceId: "${DOUBTED}" }, period: 0.55) { feh flags periodSource }
  }`);
  expect(errors).toEqual([]);
  expect(data).toEqual({
    doubted: { feh: -1.2, flags: ["PERIOD_DOUBTFUL"], periodSource: "CATALOGUE" },
    trusted: { feh: -1.2, flags: [], periodSource: "CATALOGUE" },
    given: { feh: -1.2, flags: [], periodSource: "GIVEN" },
  });
});

test("a doubtful stored period is flagged by a backfill, and read back so", async () => {
  await backfill(services.database, services.predictor, version, { release: 3 });
  const rows = await services.database.query("SELECT source_id, flags FROM predicted_label WHERE model_version_id = $1 ORDER BY 1", [
    version.id,
  ]);
  expect(rows).toEqual([
    { source_id: DOUBTED, flags: PREDICTION_FLAGS.PERIOD_DOUBTFUL },
    { source_id: TRUSTED, flags: 0 },
  ]);
  expect((await ask(PREDICTION)).data?.starsByIds).toEqual(flagsOf(true));
});

test("a period in a file that does not fold its points is flagged, and one that does is trusted", async () => {
  const scattered = sawtooth(40).map(([phase], point): [number, number] => [phase, 15 + 0.3 * (((point * 17) % 40) / 40)]);
  const input = writeFolder(path.join(folder.path, "files"), [
    { id: "1", period: "0.55", points: scattered },
    { id: "2", period: "0.55", points: sawtooth(40) },
  ]);
  const output = path.join(folder.path, "out.csv");
  await predictFile(services.predictor, version, { input, output });
  const flags = readFileSync(output, "utf8")
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",")[3]);
  expect(flags).toEqual([expect.stringContaining("PERIOD_DOUBTFUL"), ""]);
});

describe("a relation for Fourier parameters in the I band", () => {
  const NEEDS = "predicts from Fourier parameters in the I band";
  let relation: ModelVersion;
  beforeAll(async () => {
    const { name, inputs } = fourierFeatures("RRab");
    const ones = inputs.map(() => 1);
    const slopes = inputs.map((input) => (input.name === "period" ? -4 : 0));
    const draft = manifestDraft({ model: "rrl-i", modality: "fourier-parameters", featureSet: { name, inputs }, outputs: [FEH] });
    relation = await services.registry.register(
      { ...draft, normalisation: { mean: ones, scale: ones }, limits: inputs.map(() => [-100, 100]) },
      linearModel([{ name: "feh", offset: 1, slopes, error: 0.2 }]),
    );
  });

  test.each([
    [
      "a star's prediction",
      `{ star(sourceId: ${DOUBTED}) { prediction(model: "rrl-i") { stored } } }`,
      "which the catalogue does not hold",
    ],
    ["predict", '{ predict(model: "rrl-i", inputs: [{ parallax: 1 }]) { stored } }', "not from a star's stored values"],
    [
      "predictMetallicity",
      `{ predictMetallicity(lightCurve: { sourceId: "${DOUBTED}" }, model: "rrl-i") { feh } }`,
      "not from light curves in G",
    ],
  ])("%s says what it needs", async (_door, query, why) => {
    const { errors } = await ask(query);
    expect(errors[0]).toMatchObject({ message: expect.stringContaining(NEEDS), extensions: { code: "BAD_INPUT" } });
    expect(errors[0]).toMatchObject({ message: expect.stringContaining(why) });
  });

  test("a backfill says what it needs, and leaves nothing behind", async () => {
    const { database, predictor } = services;
    await expect(backfill(database, predictor, relation, { release: 3 })).rejects.toMatchObject({
      code: "BAD_INPUT",
      message: expect.stringContaining(NEEDS),
    });
    expect(await database.query("SELECT FROM backfill_range")).toEqual([]);
  });

  test("`predict` of a file says what it needs", async () => {
    const output = path.join(folder.path, "never.csv");
    const curves = writeFolder(path.join(folder.path, "curves"), [{ id: "1", period: "0.55", points: sawtooth(40) }]);
    for (const [input, why] of [
      [curves, "holds Gaia's light curves in G"],
      [folder.write("stars.csv", "source_id,parallax\n1,2\n"), "is no table of Fourier parameters in the I band"],
    ] as const)
      await expect(predictFile(services.predictor, relation, { input, output })).rejects.toMatchObject({
        code: "BAD_INPUT",
        message: expect.stringContaining(why),
      });
  });

  test("it is not the model that predictMetallicity takes when none is named", async () => {
    const { data } = await ask(`{ predictMetallicity(lightCurve: { sourceId: "${TRUSTED}" }) { modelVersion { model } } }`);
    expect(data?.predictMetallicity).toEqual({ modelVersion: { model: "rrl-test" } });
  });
});
