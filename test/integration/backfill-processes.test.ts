import { sosFeatures } from "../../src/features/sos";
import { Registry } from "../../src/models/registry/registry";
import type { BackfillSummary } from "../../training/backfill/backfill";
import { type Installation, makeInstallation } from "../support/installation";
import { linearModel } from "../support/linear-model";
import { manifestDraft } from "../support/manifest";
import { insertStars } from "../support/stars";

const STARS = 600;
const VERSIONS = 3;
const onServer = process.env.ASTERISM_TEST_DATABASE_URL !== undefined;

/** teff = 2 BP - RP + 0.9 GSP-Phot, to 100 K. */
const ONNX = linearModel([
  {
    name: "teff",
    offset: 0,
    slopes: sosFeatures.inputs.map(({ name }) => ({ phot_bp_mean_mag: 2, phot_rp_mean_mag: -1, teff_gspphot: 0.9 })[name] ?? 0),
    error: 100,
  },
]);
const DRAFT = manifestDraft({
  featureSet: { name: sosFeatures.name, inputs: sosFeatures.inputs },
  limits: sosFeatures.inputs.map(() => [0, 10_000]),
  normalisation: { mean: sosFeatures.inputs.map(() => 0), scale: sosFeatures.inputs.map(() => 1) },
});

let installation: Installation;
beforeAll(async () => {
  installation = await makeInstallation();
  const database = await installation.open();
  await insertStars(database, STARS);
  const registry = new Registry(database, installation.dataDir);
  for (let version = 1; version <= VERSIONS; version++) await registry.register(DRAFT, ONNX);
  await database.close();
});
afterAll(() => installation.remove());

async function stored(...versions: number[]): Promise<object[][]> {
  const database = await installation.open();
  try {
    const select = "SELECT source_id, label, value, uncertainty, flags FROM predicted_label WHERE model_version_id = $1 ORDER BY 1, 2";
    const ranges = await database.query("SELECT * FROM backfill_range");
    expect(ranges).toEqual([]);
    return await Promise.all(versions.map((version) => database.query(select, [version])));
  } finally {
    await database.close();
  }
}

async function finish(...command: string[]): Promise<BackfillSummary> {
  const { status, stdout, stderr } = await installation.start("backfill", ...command, "--json").ended;
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout) as BackfillSummary;
}

test("a backfill killed with -9 and run again ends as one that was not disturbed", async () => {
  const killed = installation.start("backfill", "demo@1", "--batch", "20");
  await killed.written(/ 20% /);
  killed.child.kill("SIGKILL");
  await killed.ended;
  const { stars } = await finish("demo@1", "--batch", "20");
  expect(stars).toBeGreaterThan(0);
  expect(stars).toBeLessThanOrEqual(0.8 * STARS);
  expect(await finish("demo@2")).toMatchObject({ stars: STARS });
  const [disturbed, undisturbed] = await stored(1, 2);
  expect(disturbed).toHaveLength(STARS);
  expect(disturbed).toEqual(undisturbed);
});

(onServer ? test : test.skip)("two processes on one PostgreSQL share the stars and double none", async () => {
  const parts = await Promise.all([finish("demo@3", "--batch", "10"), finish("demo@3", "--batch", "10")]);
  expect(parts[0]!.stars + parts[1]!.stars).toBe(STARS);
  const [shared, alone] = await stored(3, 2);
  expect(shared).toEqual(alone);
});

(onServer ? test : test.skip)("what a killed process had taken is done by the one that lives", async () => {
  const database = await installation.open();
  const { version } = await new Registry(database, installation.dataDir).register(DRAFT, ONNX);
  await database.close();
  const doomed = installation.start("backfill", `demo@${version}`, "--batch", "10");
  await doomed.written(/ 10% /);
  const survivor = finish(`demo@${version}`, "--batch", "10");
  doomed.child.kill("SIGKILL");
  await survivor;
  const [shared, alone] = await stored(version, 2);
  expect(shared).toEqual(alone);
});
