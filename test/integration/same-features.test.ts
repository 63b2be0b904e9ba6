import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { makeSky } from "../../src/catalogue/synthetic-sky/make-sky";
import type { Database } from "../../src/database/database";
import type { FeatureSet } from "../../src/features/feature-set";
import { FEATURE_SETS } from "../../src/features/feature-sets";
import { raveApogeeFeatures } from "../../src/features/rave-apogee";
import { sosFeatures } from "../../src/features/sos";
import { valuesOf } from "../../src/modalities/values/values";
import { Predictor } from "../../src/models/predictor";
import { type ModelVersion, Registry } from "../../src/models/registry/registry";
import { backfill } from "../../training/backfill/backfill";
import { predictFile } from "../../training/predict/predict-file";
import { readCatalogue } from "../../training/values/catalogue";
import { readStarTable } from "../../training/values/table-folder";
import { fromStarTable } from "../../training/values/table-training-set";
import { openTestDatabase } from "../support/database";
import { linearModel } from "../support/linear-model";
import { manifestDraft } from "../support/manifest";

let database: Database;
let folder: string;
let registry: Registry;
let predictor: Predictor;
/** What serving computed since the last test, star by star. */
let served: Float32Array[] = [];

/** Today's feature sets, watched. */
function watched(features: FeatureSet): FeatureSet {
  return {
    ...features,
    compute(row) {
      const inputs = features.compute(row);
      served.push(Float32Array.from(inputs));
      return inputs;
    },
  };
}

async function register({ name, inputs }: FeatureSet, layout: string): Promise<ModelVersion> {
  const ones = inputs.map(() => 1);
  const draft = manifestDraft({ model: name, featureSet: { name, inputs }, normalisation: { mean: ones, scale: ones } });
  const onnx = linearModel([{ name: "teff", offset: 5000, slopes: inputs.map(() => 0), error: 80 }]);
  return registry.register({ ...draft, limits: inputs.map(() => [0, 1]), data: { ...draft.data, layout } }, onnx);
}

/** [stars, features] row by row, as the rows of training do. */
function joined(rows: readonly Float32Array[]): Float32Array {
  return Float32Array.from(rows.flatMap((row) => [...row]));
}

beforeAll(async () => {
  database = await openTestDatabase();
  folder = mkdtempSync(path.join(tmpdir(), "asterism-features-"));
  registry = new Registry(database, folder);
  predictor = new Predictor(registry, [valuesOf(FEATURE_SETS.map(watched))], { batchSize: 256, batchWindowMs: 0, queueLimit: 10_000 });
  await makeSky(database, { stars: 400, seed: 7, replace: false });
});
beforeEach(() => {
  served = [];
});
afterAll(async () => {
  await predictor.close();
  await database.close();
  rmSync(folder, { recursive: true });
});

test("training, prediction on demand and backfill compute the same features for the same stars of the catalogue", async () => {
  const training = await readCatalogue(database, "synthetic");
  expect(training.ids.length).toBeGreaterThan(50);
  const version = await register(sosFeatures, "catalogue");
  const ids = training.ids.map(BigInt);

  await predictor.predictStored(database, version, 3, ids);
  expect(joined(served)).toEqual(training.inputs);

  served = [];
  await backfill(database, predictor, version, { release: 3, rangeSize: 64 });
  const stars = await database.query<{ source_id: bigint }>("SELECT source_id FROM star ORDER BY source_id");
  const bySource = new Map(stars.map(({ source_id }, index) => [source_id, served[index]!]));
  expect(joined(ids.map((id) => bySource.get(id)!))).toEqual(training.inputs);
});

test("training and prediction compute the same features for the same rows of a table", async () => {
  const table = path.join(folder, "table.csv");
  writeFileSync(
    table,
    `RAVE_OBS_ID,parallax,phot_g_mean_mag,phot_bp_mean_mag,phot_rp_mean_mag,Jmag_2MASS,Hmag_2MASS,Kmag_2MASS,wise1,wise2,av50,Teff
one,0.98635642,10.646591,11.194241,9.983167,9.12900,8.63400,8.48200,8.41000,8.51100,0.21999208,4873.01
two,-0.1,10.979646,11.587025,10.267631,9.33000,,8.61500,-99,8.63900,0.29387428,4616.7817
`,
  );
  const training = fromStarTable(await readStarTable(table));
  const version = await register(raveApogeeFeatures, training.layout);
  await predictFile(predictor, version, { input: table, output: path.join(folder, "out.csv") });
  expect(joined(served)).toEqual(training.inputs);
});
