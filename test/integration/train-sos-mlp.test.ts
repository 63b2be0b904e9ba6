import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import type { Database } from "../../src/database/database";
import { quantitiesOf } from "../../src/models/registry/output";
import { Registry } from "../../src/models/registry/registry";
import type { TrainingReport, Watch } from "../../training/recipe";
import { overriddenStudy } from "../../training/values/study/overrides";
import { readStudy } from "../../training/values/study/parse-study";
import { readStudyLabelled } from "../../training/values/study/registered-study";
import { trainStudy } from "../../training/values/study/train-study";
import { openTestDatabase } from "../support/database";
import { writeStarTable } from "../support/star-table";

const SMALL = ["networks=1", "width=16", "depth=2", "epochs=6", "batchSize=32"];

const NO_GAPS = { copies: 0, apart: 1, groups: null };

let database: Database;
let dataDir: string;
let table: string;
let report: TrainingReport;

interface Small {
  readonly model: string;
  readonly threads?: number;
  readonly data?: string;
  readonly settings?: readonly string[];
}

/** Trains the study that ships by small networks, without copies with gaps. */
function train({ model, threads = 2, data = table, settings = SMALL }: Small, watch: Watch = {}): Promise<TrainingReport> {
  const study = overriddenStudy(readStudy("sos-mlp", data), { settings });
  const small = { ...study, folds: 3, gaps: NO_GAPS };
  return trainStudy(database, dataDir, small, { data, model, threads, backend: "wasm" }, watch);
}

beforeAll(async () => {
  database = await openTestDatabase();
  dataDir = await mkdtemp(path.join(os.tmpdir(), "asterism-train-"));
  table = await writeStarTable(600);
  report = await train({ model: "tiny" });
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
    members: 3,
    recipe: "sos-mlp",
    backend: "wasm",
    settings: { families: [{ name: "mlp", settings: { epochs: 6, width: 16 } }], folds: 3 },
    data: { layout: "rave-apogee-photometry", synthetic: false },
  });
  const { train, validation, test: tested } = manifest.data.stars;
  expect(train + validation + tested).toBe(600);
});

test("a study does without a group of columns, and its version is evaluated so", async () => {
  const whole = readStudy("sos-mlp", table);
  const study = overriddenStudy({ ...whole, folds: 3, gaps: NO_GAPS }, { family: "linear", without: ["parallax"] });
  const { version } = await trainStudy(database, dataDir, study, { data: table, model: "no-parallax" });
  expect(version.manifest.columns!.map(({ name }) => name)).not.toContain("parallax");
  expect(version.manifest.featureSet.inputs.filter(({ name }) => /^M_|parallax|luminosity/.test(name))).toEqual([]);
  expect(version.manifest.settings).toMatchObject({ families: [{ name: "linear" }] });
  expect((await readStudyLabelled(null, version.manifest, { data: table })).inputs).toHaveLength(600 * version.manifest.columns!.length);
  const unknown = overriddenStudy(study, { without: ["gaia"] });
  await expect(trainStudy(database, dataDir, unknown, { data: table })).rejects.toThrow(
    /no group of columns called 'gaia', but .*parallax/,
  );
});

test("what the report says of the test stars is what the registered artifact says of their raw columns", async () => {
  const { manifest } = report.version;
  const { inputs, ids } = await readStudyLabelled(null, manifest, { data: table });
  const { onnx } = await new Registry(database, dataDir).load(report.version);
  const session = await InferenceSession.create(onnx, { intraOpNumThreads: 1 });
  const columns = manifest.columns!;
  const feeds = columns.map(({ name }, column) => {
    const values = Float32Array.from(ids, (_, row) => inputs[row * columns.length + column]!);
    return [name, new Tensor("float32", values, [ids.length])] as const;
  });
  const { value, error } = await session.run(Object.fromEntries(feeds));
  const [said, stated] = [value!.data as Float32Array, error!.data as Float32Array];
  const labels = report.predictions.length;
  const rowOf = (wanted: number) => ids.findIndex((_, row) => Math.abs(said[row * labels]! - wanted) < 1e-3);
  const rows = Array.from(report.predictions[0]!.predicted, rowOf);
  expect(rows).not.toContain(-1);
  expect(rows).toHaveLength(manifest.data.stars.test);
  report.predictions.forEach(({ predicted, error: errors }, label) => {
    rows.forEach((row, index) => {
      expect(Math.abs(said[row * labels + label]! - predicted[index]!)).toBeLessThan(1e-5 * (1 + Math.abs(predicted[index]!)));
      expect(Math.abs(stated[row * labels + label]! - errors[index]!)).toBeLessThan(1e-5 * (1 + errors[index]!));
    });
  });
});

test("the same seed gives the same artifact to the last byte, whatever the threads", async () => {
  const again = await train({ model: "tiny", threads: 1 });
  expect(again.version).toMatchObject({ version: 2, aliases: ["challenger"], sha256: report.version.sha256 });
  expect(again.version.manifest.data.testSha256).toBe(report.version.manifest.data.testSha256);
});

test("a name that no model can have is refused before anything is trained", async () => {
  const onProgress = jest.fn();
  const training = train({ model: "Bad name" }, { onProgress });
  await expect(training).rejects.toMatchObject({ code: "BAD_INPUT" });
  expect(onProgress).not.toHaveBeenCalled();
});

test("an interrupt keeps the best so far and says so", async () => {
  const controller = new AbortController();
  const onProgress = () => controller.abort();
  const settings = [...SMALL.slice(0, 3), "epochs=500", "patience=500"];
  const stopped = await train({ model: "stopped", settings }, { onProgress, interrupt: controller.signal });
  expect(stopped.interrupted).toBe(true);
  expect(stopped.version.manifest).toMatchObject({ settings: { interrupted: true } });
});

test("a table without the mapping's columns is refused with those that it lacks", async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "asterism-table-"));
  await writeFile(path.join(folder, "stars.csv"), "id,u,g\n1,2,3\n");
  await expect(train({ model: "tiny", data: folder })).rejects.toMatchObject({
    code: "BAD_INPUT",
    message: expect.stringContaining("RAVE_OBS_ID"),
  });
});

test("a cell that is no number is named with its row", async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "asterism-table-"));
  const lines = (await readFile(path.join(table, "stars.csv"), "utf8")).split("\n");
  lines[2] = lines[2]!.replace(/,[^,]*,/, ",bright,");
  await writeFile(path.join(folder, "stars.csv"), lines.join("\n"));
  await expect(train({ model: "tiny", data: folder })).rejects.toMatchObject({
    code: "BAD_INPUT",
    message: expect.stringMatching(/stars\.csv, row 2, column parallax: /),
  });
});

test("an empty catalogue is refused with what there is", async () => {
  const study = readStudy("sos-mlp");
  await expect(trainStudy(database, dataDir, study, { model: "tiny" })).rejects.toMatchObject({
    code: "NOT_FOUND",
    message: expect.stringContaining("There is no catalogue 'sos'"),
  });
});
