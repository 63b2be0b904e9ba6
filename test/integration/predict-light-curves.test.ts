import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Database } from "../../src/database/database";
import { lightCurveFeatureSet } from "../../src/features/light-curve/feature-sets";
import { MODALITIES } from "../../src/modalities/modalities";
import { VALUES } from "../../src/modalities/values/values";
import { Predictor } from "../../src/models/predictor";
import { type ModelVersion, Registry } from "../../src/models/registry/registry";
import { evaluateVersion } from "../../training/evaluation/evaluate-version";
import { readLightCurveFolder } from "../../training/light-curves/light-curve-folder";
import { fromLightCurveFolder } from "../../training/light-curves/light-curve-training-set";
import { predictFile } from "../../training/predict/predict-file";
import { openTestDatabase } from "../support/database";
import { type FoldedStar, sawtooth, writeFolder } from "../support/folded-curves";
import { linearModel } from "../support/linear-model";
import { FEH, manifestDraft } from "../support/manifest";

const features = lightCurveFeatureSet("rrl-fourier");
/** [Fe/H] = 1 - 4 P, whatever the shape. */
const ONNX = linearModel([{ name: "feh", offset: 1, slopes: features.inputs.map(({ name }) => (name === "period" ? -4 : 0)), error: 0.2 }]);

let database: Database;
let folder: string;
let registry: Registry;
let predictor: Predictor;
let version: ModelVersion;

beforeAll(async () => {
  database = await openTestDatabase();
  folder = mkdtempSync(path.join(tmpdir(), "asterism-light-curves-"));
  registry = new Registry(database, folder);
  predictor = new Predictor(registry, MODALITIES, { batchSize: 64, batchWindowMs: 0, queueLimit: 1000 });
  const draft = manifestDraft({ model: "rrl", featureSet: { name: features.name, inputs: features.inputs } });
  const ones = features.inputs.map(() => 1);
  version = await registry.register(
    {
      ...draft,
      modality: "light-curve",
      outputs: [FEH],
      normalisation: { mean: ones, scale: ones },
      limits: features.inputs.map(({ name }) => (name === "period" ? [0.3, 0.9] : [-1e3, 1e3])),
    },
    ONNX,
  );
});
afterAll(async () => {
  await predictor.close();
  await database.close();
  rmSync(folder, { recursive: true });
});

async function predict(stars: readonly FoldedStar[], time?: string, value?: string) {
  const input = writeFolder(path.join(folder, "input"), stars, time, value);
  const output = path.join(folder, "out.csv");
  const summary = await predictFile(predictor, version, { input, output });
  const [header, ...lines] = readFileSync(output, "utf8").trimEnd().split("\n");
  return { summary, header, rows: lines.map((line) => line.split(",")) };
}

test("a folder of light curves gives one line a star, in the order of its stars.csv", async () => {
  const { summary, header, rows } = await predict([
    { id: "6917528997577384321", period: "0.55", points: sawtooth(40) },
    { id: "7", period: "0.42", points: sawtooth(30) },
  ]);
  expect(header).toBe("gaia_dr2_source_id,feh,feh_error,flags,inputs_outside_limits,period_d,n_points,phase_coverage,model,version");
  expect(rows).toEqual([
    ["6917528997577384321", "-1.2", "0.2", "", "", "0.55", "40", "0.975", "rrl", "1"],
    ["7", "-0.68", "0.2", "", "", "0.42", "30", "0.967", "rrl", "1"],
  ]);
  expect(summary).toMatchObject({ model: "rrl", version: 1, stars: 2, unpredicted: 0 });
});

test.each<[what: string, flag: string, star: Omit<FoldedStar, "id">]>([
  ["no point", "NO_POINTS", { period: "0.5", points: [] }],
  ["one point", "TOO_FEW_POINTS", { period: "0.5", points: sawtooth(1) }],
  ["three points", "TOO_FEW_POINTS", { period: "0.5", points: sawtooth(3) }],
  ["magnitudes that are not numbers", "NO_POINTS", { period: "0.5", points: sawtooth(30).map(([phase]) => [phase, "NaN"]) }],
  ["one phase for all points", "TOO_FEW_POINTS", { period: "0.5", points: sawtooth(30).map(([, mag]) => [0.25, mag]) }],
  ["a period of 0", "PERIOD_IMPOSSIBLE", { period: "0", points: sawtooth(30) }],
  ["a negative period", "PERIOD_IMPOSSIBLE", { period: "-0.5", points: sawtooth(30) }],
  ["a period of 1e9 days", "PERIOD_IMPOSSIBLE", { period: "1e9", points: sawtooth(30) }],
  ["phases, but no period", "PERIOD_MISSING", { period: "", points: sawtooth(30) }],
  ["a constant magnitude", "NO_VARIATION", { period: "0.5", points: sawtooth(30, 0) }],
])("%s: an empty cell, and %s", async (_, flag, star) => {
  const { rows, summary } = await predict([
    { id: "1", ...star },
    { id: "2", period: "0.5", points: sawtooth(30) },
  ]);
  expect(rows[0]!.slice(0, 4)).toEqual(["1", "", "", flag]);
  expect(rows[1]!.slice(0, 4)).toEqual(["2", "-1", "0.2", ""]);
  expect(summary).toMatchObject({ stars: 2, unpredicted: 1 });
});

test("a number that deserves doubt carries the reason", async () => {
  const gap = sawtooth(24).filter(([phase]) => phase < 0.6);
  const { rows } = await predict([
    { id: "1", period: "0.5", points: gap },
    { id: "2", period: "0.5", points: [...sawtooth(30), [0.5, "NaN"], [0.25, 15.1]] },
    { id: "3", period: "0.95", points: sawtooth(30) },
  ]);
  expect(rows.map((row) => row[3])).toEqual(["FEW_POINTS|PHASE_GAP", "POINTS_LEFT_OUT", "INPUT_OUTSIDE_LIMITS"]);
});

test("a period that is not given is found where there are times", async () => {
  const times = sawtooth(50).map(([phase, mag], point): [number, number] => [(phase + ((13 * point * point) % 997)) * 0.55, mag]);
  const { rows } = await predict([{ id: "1", period: "", points: times }], "time_d");
  expect(Number(rows[0]![5])).toBeCloseTo(0.55, 5);
  expect(Number(rows[0]![1])).toBeCloseTo(-1.2, 4);
});

test("where extinctions are given there are distances, with their errors", async () => {
  const input = writeFolder(path.join(folder, "near"), [{ id: "1", period: "0.55", points: sawtooth(40) }]);
  writeFileSync(path.join(input, "stars.csv"), "gaia_dr2_source_id,period_d,a_g_mag,a_g_mag_error\n1,0.55,0.3,0.05\n");
  const output = path.join(folder, "near.csv");
  await predictFile(predictor, version, { input, output });
  const [header, line] = readFileSync(output, "utf8").trimEnd().split("\n");
  expect(header).toMatch(/,version,distance_modulus,distance_modulus_error,distance_pc,distance_pc_error$/);
  const [modulus, error, distance] = line!.split(",").slice(10).map(Number) as [number, number, number];
  // The magnitude of the mean flux, 0.05 brighter than the mean magnitude.
  const flux = sawtooth(40).reduce((sum, [, mag]) => sum + 10 ** (-0.4 * mag) / 40, 0);
  // M_G = 0.32 x -1.2 + 1.11; errors of [Fe/H] 0.2, of the relation, and of the extinction.
  expect(modulus).toBeCloseTo(-2.5 * Math.log10(flux) - 0.726 - 0.3, 3);
  expect(error).toBeCloseTo(Math.hypot(0.32 * 0.2, 0.04 * 1.2, 0.06, 0.05), 3);
  expect(distance).toBeCloseTo(10 ** (modulus / 5 + 1), 0);
});

test("fluxes are taken where there are no magnitudes, and those that are not positive are left out", async () => {
  const flux = sawtooth(40).map(([phase, mag], point): [number, number] => [phase, point % 10 === 0 ? -3.5 : 10 ** (-0.4 * (mag - 25))]);
  const { rows } = await predict([{ id: "1", period: "0.55", points: flux }], "phase", "phot_g_flux");
  expect(rows[0]!.slice(0, 7)).toEqual(["1", "-1.2", "0.2", "POINTS_LEFT_OUT", "", "0.55", "36"]);
});

test("the light curves are drawn with what is predicted of them, refused ones aside", async () => {
  const input = writeFolder(path.join(folder, "drawn"), [
    { id: "1", period: "0.55", points: sawtooth(40) },
    { id: "2", period: "0", points: sawtooth(40) },
    { id: "3", period: "0.5", points: sawtooth(15) },
  ]);
  const figure = path.join(folder, "drawn.svg");
  await predictFile(predictor, version, { input, output: path.join(folder, "drawn.csv"), figure });
  const svg = readFileSync(figure, "utf8");
  expect(svg).toContain("1: [Fe/H] = \u22121.20 \u00b1 0.20 dex");
  expect(svg).toContain("3: [Fe/H] = \u22121.00 \u00b1 0.20 dex");
  expect(svg).toContain(">FEW_POINTS</text>");
  expect(svg).not.toContain("2: ");
  expect(svg).not.toContain("NaN");
});

test("where the folder is faulty no file is left", async () => {
  const input = writeFolder(path.join(folder, "faulty"), [{ id: "RR Lyr", period: "0.5", points: [] }]);
  await expect(predictFile(predictor, version, { input, output: path.join(folder, "never.csv") })).rejects.toThrow(
    "'RR Lyr' is no source_id",
  );
  expect(readdirSync(folder).filter((name) => name.includes("never"))).toEqual([]);
});

test("the version's errors are computed anew on a labelled folder, refused stars aside", async () => {
  const stars = [-0.9, -1.3, -0.6].map((feh, star) => ({
    id: String(star + 1),
    period: String((1 - feh) / 4 + 0.01 * star),
    points: sawtooth(30),
    feh,
  }));
  const input = writeFolder(path.join(folder, "labelled"), [...stars, { id: "9", period: "0", points: sawtooth(30), feh: -1 }]);
  const set = fromLightCurveFolder(await readLightCurveFolder(input), features);
  const { labels } = await evaluateVersion(await registry.load(version), set, "all");
  // Errors of 0, -0.04 and -0.08 dex.
  expect(labels[0]!.after).toMatchObject({ stars: 3, mean: expect.closeTo(-0.04, 5), rmse: expect.closeTo(Math.sqrt(0.008 / 3), 5) });
  expect(labels[0]!.r2).toBeCloseTo(1 - 0.008 / 0.2466667, 4);
  expect(labels[0]!.coverage).toBe(1);
});

test("a model of light curves is not asked about a star's stored values", async () => {
  expect(() => predictor.columns(version)).toThrow("predicts from light curves in G, not from a star's stored values");
  await expect(predictor.prepare(VALUES, version, [{ parallax: 1 }])).rejects.toThrow("predicts from light curves in G");
});
