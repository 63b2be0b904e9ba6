import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import type { Database } from "../../src/database/database";
import { quantitiesOf } from "../../src/models/registry/output";
import { Registry } from "../../src/models/registry/registry";
import { splitByStar } from "../../training/datasets/split";
import { fromStarTable } from "../../training/datasets/training-set";
import { type SosMlpOptions, trainSosMlp } from "../../training/families/mlp/sos-mlp";
import type { TrainingReport } from "../../training/recipe";
import { readStarTable } from "../../training/values/table-folder";
import { openTestDatabase } from "../support/database";
import { writeStarTable } from "../support/star-table";

const SMALL: SosMlpOptions = { members: 2, width: 16, depth: 2, epochs: 6, batchSize: 32, backend: "wasm", threads: 2 };

let database: Database;
let dataDir: string;
let table: string;
let report: TrainingReport;

beforeAll(async () => {
  database = await openTestDatabase();
  dataDir = await mkdtemp(path.join(os.tmpdir(), "asterism-train-"));
  table = await writeStarTable(600);
  report = await trainSosMlp(database, dataDir, { ...SMALL, data: table, model: "tiny", repeat: 2 });
});
afterAll(() => database.close());

test("a training on a table beats the mean label on stars it never saw", () => {
  expect(report.version).toMatchObject({ model: "tiny", version: 1, aliases: ["champion"] });
  const [teff, logg] = report.evaluations;
  expect(teff!.after.rmse / teff!.before.rmse).toBeLessThan(0.4);
  expect(logg!.after.rmse / logg!.before.rmse).toBeLessThan(0.4);
});

test("the manifest says what was trained, on what, and how", () => {
  const { manifest } = report.version;
  expect(quantitiesOf(manifest).map(({ name, column, unit }) => [name, column, unit])).toEqual([
    ["teff", "Teff", "K"],
    ["logg", "logg", "dex"],
    ["mh", "MH", "dex"],
    ["feh", "FeH", "dex"],
    ["alphaM", "alphaM", "dex"],
  ]);
  expect(manifest).toMatchObject({
    members: 2,
    backend: "wasm",
    featureSet: { name: "rave-apogee" },
    data: { layout: "rave-apogee", synthetic: false },
  });
  const { train, validation, test: tested } = manifest.data.stars;
  expect(train + validation + tested).toBe(600);
});

test("trainings that differ by their seed alone are told apart by their spread", () => {
  const [teff] = report.repeatability!;
  expect(teff).toMatchObject({ name: "teff", unit: "K", trainings: 2 });
  expect(teff!.meanAbsoluteDeviation).toBeGreaterThan(0);
});

test("the artifact predicts what the training library predicted, to 1e-5", async () => {
  const data = fromStarTable(await readStarTable(table));
  const { test: rows } = splitByStar(data.starKeys, 0.15, 8);
  const features = data.featureSet.inputs.length;
  const raw = new Float32Array(rows.length * features);
  rows.forEach((row, index) => {
    raw.set(data.inputs.subarray(row * features, (row + 1) * features), index * features);
  });
  const { onnx } = await new Registry(database, dataDir).load(report.version);
  const session = await InferenceSession.create(onnx, { intraOpNumThreads: 1 });
  const { value, error } = await session.run({ inputs: new Tensor("float32", raw, [rows.length, features]) });
  report.predictions.forEach(({ predicted, error: stated }, label) => {
    predicted.forEach((wanted, index) => {
      const at = index * report.predictions.length + label;
      expect(Math.abs((value!.data as Float32Array)[at]! - wanted)).toBeLessThan(1e-5 * (1 + Math.abs(wanted)));
      expect(Math.abs((error!.data as Float32Array)[at]! - stated[index]!)).toBeLessThan(1e-3 * (1 + stated[index]!));
    });
  });
});

test("the same seed gives the same artifact to the last byte, whatever the threads", async () => {
  const again = await trainSosMlp(database, dataDir, { ...SMALL, data: table, model: "tiny", threads: 1 });
  expect(again.version).toMatchObject({ version: 2, aliases: ["challenger"], sha256: report.version.sha256 });
  expect(again.version.manifest.data.testSha256).toBe(report.version.manifest.data.testSha256);
});

test("a name that no model can have is refused before anything is trained", async () => {
  const onProgress = jest.fn();
  const training = trainSosMlp(database, dataDir, { ...SMALL, data: table, model: "Bad name" }, { onProgress });
  await expect(training).rejects.toMatchObject({ code: "BAD_INPUT" });
  expect(onProgress).not.toHaveBeenCalled();
});

test("an interrupt keeps the best so far and says so", async () => {
  const controller = new AbortController();
  const onProgress = () => controller.abort();
  const stopped = await trainSosMlp(
    database,
    dataDir,
    { ...SMALL, data: table, model: "stopped", members: 8, epochs: 500 },
    { onProgress, interrupt: controller.signal },
  );
  expect(stopped.interrupted).toBe(true);
  expect(stopped.version.manifest).toMatchObject({ members: 1, settings: { interrupted: true, members: 8 } });
});

test("a table of no known layout is refused with what it lacks", async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "asterism-table-"));
  await writeFile(path.join(folder, "stars.csv"), "id,u,g\n1,2,3\n");
  await expect(readStarTable(folder)).rejects.toMatchObject({
    code: "BAD_INPUT",
    message: expect.stringContaining("lacking here: RAVE_OBS_ID, parallax"),
  });
});

test("a cell that is no number is named with its row", async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "asterism-table-"));
  const lines = (await readFile(path.join(table, "stars.csv"), "utf8")).split("\n");
  lines[2] = lines[2]!.replace(/,[^,]*,/, ",bright,");
  await writeFile(path.join(folder, "stars.csv"), lines.join("\n"));
  await expect(readStarTable(folder)).rejects.toMatchObject({
    message: expect.stringMatching(/row 2: the column parallax holds 'bright'/),
  });
});

test("a table without labels can be read, but not trained on", async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "asterism-table-"));
  const lines = (await readFile(path.join(table, "stars.csv"), "utf8")).trim().split("\n");
  await writeFile(path.join(folder, "stars.csv"), lines.map((line) => line.split(",").slice(0, 11).join(",")).join("\n"));
  const read = await readStarTable(folder);
  expect(read.stars).toHaveLength(600);
  await expect(trainSosMlp(database, dataDir, { ...SMALL, data: folder })).rejects.toMatchObject({ code: "BAD_INPUT" });
});

test("an empty catalogue is refused with what to do", async () => {
  await expect(trainSosMlp(database, dataDir, SMALL)).rejects.toMatchObject({
    code: "NOT_FOUND",
    message: expect.stringContaining("asterism synthesize"),
  });
});
