import { countHoles, forgetUnpredicted, predictionsOf } from "../../src/catalogue/prediction";
import type { Database } from "../../src/database/database";
import { Predictor } from "../../src/models/predictor";
import { promote } from "../../src/models/registry/move-champion";
import type { ModelVersion, Registry } from "../../src/models/registry/registry";
import { backfill } from "../../training/backfill/backfill";
import { openServices, type TestServices } from "../support/api-services";
import { DEMO_ONNX, TEST_MODALITIES } from "../support/demo-features";
import { manifestDraft } from "../support/manifest";
import { insertStars } from "../support/stars";

const SETTINGS = { release: 3, rangeSize: 7 } as const;
const whole = (version: ModelVersion) => registry.load(version);
let services: TestServices;
let database: Database;
let registry: Registry;
let predictor: Predictor;

beforeAll(async () => {
  services = await openServices();
  ({ database, registry, predictor } = services);
  await insertStars(database, 100);
});
afterAll(() => services.close());

const register = () => registry.register(manifestDraft({ metric: { name: "rmse-ratio", value: 0.5, better: "lower" } }), DEMO_ONNX);
const stored = ({ id }: ModelVersion) =>
  database.query("SELECT source_id, label, value, uncertainty, flags FROM predicted_label WHERE model_version_id = $1 ORDER BY 1, 2", [id]);

test("every star is predicted once, and those of which nothing is known are remembered without a number", async () => {
  const version = await register();
  const progress: number[] = [];
  const summary = await backfill(database, predictor, version, { ...SETTINGS, onProgress: (done) => progress.push(done) });
  expect(summary).toEqual({ model: "demo", version: 1, release: 3, stars: 100, unpredicted: 10 });
  expect(await stored(version)).toHaveLength(90);
  expect(progress.at(-1)).toBe(100);
  expect(await backfill(database, predictor, version, SETTINGS)).toMatchObject({ stars: 0, unpredicted: 0 });
});

test("a stored prediction is what is predicted on demand for the same star", async () => {
  const version = await registry.resolve("demo@1");
  const sourceIds = [1001n, 1042n];
  const onDemand = await predictor.predictStored(database, version, 3, sourceIds);
  const kept = await predictionsOf(database, 3, sourceIds, [version.id]);
  for (const [index, sourceId] of sourceIds.entries()) {
    const { unit: _, ...label } = onDemand[index]!.labels[0]!;
    expect(kept.find((one) => one.sourceId === sourceId)).toMatchObject(label);
  }
});

test("stars that come in later are found by running it again, and only they", async () => {
  const version = await registry.resolve("demo@1");
  await insertStars(database, 5, 5001);
  expect(await countHoles(database.prisma, version.id, version.id)).toBe(0);
  expect(await backfill(database, predictor, version, SETTINGS)).toMatchObject({ stars: 5 });
});

test("stars that had no answer are asked about again once that is forgotten", async () => {
  const version = await registry.resolve("demo@1");
  await database.query("UPDATE star SET parallax = 2 WHERE source_id = 1010");
  expect(await backfill(database, predictor, version, SETTINGS)).toMatchObject({ stars: 0 });
  await forgetUnpredicted(database, version.id, 3);
  expect(await backfill(database, predictor, version, SETTINGS)).toMatchObject({ stars: 10, unpredicted: 9 });
});

test("the champion moves once the challenger's backfill is complete", async () => {
  const champion = await registry.resolve("demo@1");
  const challenger = await registry.register(manifestDraft({ metric: { name: "rmse-ratio", value: 0.4, better: "lower" } }), DEMO_ONNX);
  expect(await countHoles(database.prisma, champion.id, challenger.id)).toBe(96);
  await expect(promote(database, "demo", countHoles, whole)).rejects.toMatchObject({ code: "CONFLICT" });
  await backfill(database, predictor, challenger, SETTINGS);
  expect(await promote(database, "demo", countHoles, whole)).toMatchObject({ from: 1, to: 2 });
});

test("a range that fails is undone whole, and done when it is run again", async () => {
  const version = await register();
  const failing = new Predictor(registry, TEST_MODALITIES, { batchSize: 64, batchWindowMs: 0, queueLimit: 1 });
  await expect(backfill(database, failing, version, SETTINGS)).rejects.toMatchObject({ code: "OVERLOADED" });
  expect(await stored(version)).toEqual([]);
  await backfill(database, predictor, version, SETTINGS);
  expect(await stored(version)).toEqual(await stored(await registry.resolve("demo@1")));
});

test("two backfills of one version at once share the stars and double none", async () => {
  const version = await register();
  const [one, other] = await Promise.all([
    backfill(database, predictor, version, SETTINGS),
    backfill(database, predictor, version, SETTINGS),
  ]);
  expect(one.stars + other.stars).toBe(105);
  expect(await stored(version)).toEqual(await stored(await registry.resolve("demo@1")));
});
