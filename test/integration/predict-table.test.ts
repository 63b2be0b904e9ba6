import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Database } from "../../src/database/database";
import { raveApogeeFeatures } from "../../src/features/rave-apogee";
import { Predictor } from "../../src/models/predictor";
import { type ModelVersion, Registry } from "../../src/models/registry/registry";
import { predictFile } from "../../training/predict/predict-file";
import { openTestDatabase } from "../support/database";
import { DEMO_ONNX, TEST_MODALITIES } from "../support/demo-features";
import { linearModel } from "../support/linear-model";
import { manifestDraft } from "../support/manifest";

const HEADER = "RAVE_OBS_ID,parallax,phot_g_mean_mag,phot_bp_mean_mag,phot_rp_mean_mag,Jmag_2MASS,Hmag_2MASS,Kmag_2MASS,wise1,wise2,av50";
const STAR = "1.2,11.3,11.8,10.6,9.8,9.4,9.3,9.2,9.25,0.06";

let database: Database;
let folder: string;
let predictor: Predictor;
let onCatalogue: ModelVersion;
let onTable: ModelVersion;

beforeAll(async () => {
  database = await openTestDatabase();
  folder = mkdtempSync(path.join(tmpdir(), "asterism-predict-"));
  const registry = new Registry(database, folder);
  predictor = new Predictor(registry, TEST_MODALITIES, { batchSize: 64, batchWindowMs: 0, queueLimit: 1000 });
  onCatalogue = await registry.register(manifestDraft(), DEMO_ONNX);
  const { inputs, name } = raveApogeeFeatures;
  const draft = manifestDraft({ model: "table", featureSet: { name, inputs }, limits: inputs.map(() => [-100, 100]) });
  const numbers = inputs.map(() => 1);
  onTable = await registry.register(
    { ...draft, normalisation: { mean: numbers, scale: numbers }, data: { ...draft.data, layout: "rave-apogee" } },
    linearModel([{ name: "teff", offset: 5000, slopes: inputs.map(() => 0), error: 80 }]),
  );
});
afterAll(async () => {
  await predictor.close();
  await database.close();
  rmSync(folder, { recursive: true });
});

function write(name: string, ...lines: string[]): string {
  const file = path.join(folder, name);
  writeFileSync(file, lines.map((line) => `${line}\n`).join(""));
  return file;
}

const output = () => path.join(folder, "out.csv");
const lines = () => readFileSync(output(), "utf8").trimEnd().split("\n");

test("a table of the layout the model was trained on gives one line a star, in order, under the table's own names", async () => {
  const input = write("unseen.csv", HEADER, `b,${STAR}`, `"a,1",${STAR}`);
  expect(await predictFile(predictor, onTable, { input, output: output() })).toMatchObject({ stars: 2, unpredicted: 0, model: "table" });
  expect(lines()).toEqual([
    "RAVE_OBS_ID,Teff,Teff_error,flags,inputs_missing,inputs_outside_limits,labels_extrapolated",
    "b,5000,80,,,,",
    '"a,1",5000,80,,,,',
  ]);
});

test("what the file says of itself stands beside it: units, flags, the model and what it learned from", async () => {
  const input = write("described.csv", HEADER, `b,${STAR}`);
  const file = path.join(folder, "about.json");
  await predictFile(predictor, onTable, {
    input,
    output: output(),
    about: { file, origin: { date: "2026-07-01", software: "asterism 0" } },
  });
  const { notes, columns } = JSON.parse(readFileSync(file, "utf8")) as {
    notes: { name: string; value: string }[];
    columns: { name: string; unit: string | null; ucd: string | null; description: string }[];
  };
  expect(columns.map(({ name }) => name).join()).toBe(lines()[0]);
  expect(columns.slice(1, 3)).toMatchObject([
    { unit: "K", ucd: "phys.temperature.effective", description: "effective temperature, by table@1" },
    { unit: "K", ucd: "stat.error;phys.temperature.effective" },
  ]);
  expect(columns[3]!.description).toMatch(/INPUT_MISSING \(at least one.*PRIOR_ONLY \(so little/);
  expect(notes).toContainEqual({ name: "request_date", value: "2026-07-01" });
  expect(notes).toContainEqual({ name: "model", value: "table@1" });
  expect(notes.find(({ name }) => name === "model_training")!.value).toMatch(/^table@1: \d{4}-\d\d-\d\d on \S/);
});

test("labels in the table are ignored, whatever they hold, and an id may come twice", async () => {
  const input = write("labelled.csv", `${HEADER},Teff,logg`, `a,${STAR},unknown,`, `a,${STAR},4000,2`);
  expect(await predictFile(predictor, onTable, { input, output: output() })).toMatchObject({ stars: 2 });
});

test("a model of the catalogue takes the catalogue's names, in either spelling, and says what it doubts", async () => {
  const input = write(
    "canonical.csv",
    "parallax,source_id,phot_bp_mean_mag,photRpMeanMag",
    "5,6917528997577384321,11,10",
    ",2,20,10",
    ",3,,",
  );
  expect(await predictFile(predictor, onCatalogue, { input, output: output() })).toMatchObject({
    stars: 3,
    unpredicted: 1,
    inputMissing: 2,
    inputOutsideLimits: 1,
  });
  expect(lines()).toEqual([
    "source_id,Teff,Teff_error,flags,inputs_missing,inputs_outside_limits,labels_extrapolated",
    "6917528997577384321,5050,90,,,,",
    "2,-4000,90,INPUT_MISSING|INPUT_OUTSIDE_LIMITS|LABEL_EXTRAPOLATED,parallax,bpRp,Teff",
    "3,,,INPUT_MISSING,bpRp|parallax,,",
  ]);
});

test("the tables of a folder follow one another by name", async () => {
  mkdirSync(path.join(folder, "tables"));
  write("tables/2.csv", HEADER, `second,${STAR}`);
  write("tables/1.csv", HEADER, `first,${STAR}`);
  await predictFile(predictor, onTable, { input: path.join(folder, "tables"), output: output() });
  expect(
    lines()
      .slice(1)
      .map((line) => line.split(",")[0]),
  ).toEqual(["first", "second"]);
});

test.each([
  ["a missing column", [HEADER.replace("av50", "ak50"), `a,${STAR}`], "lacks the columns av50"],
  ["another layout", ["name,mag", "a,1"], "lacks the columns RAVE_OBS_ID, parallax"],
  ["no row", [HEADER], "no row"],
  ["no byte", [], ""],
  ["a word for a number", [HEADER, `a,${STAR.replace("11.3", "bright")}`], "bright"],
  ["an empty id", [HEADER, `,${STAR}`], "RAVE_OBS_ID is empty"],
])("a table with %s is refused, and the output of before is left alone", async (_fault, content, why) => {
  writeFileSync(output(), "of before");
  await expect(predictFile(predictor, onTable, { input: write("faulty.csv", ...content), output: output() })).rejects.toMatchObject({
    code: "BAD_INPUT",
    message: expect.stringContaining(why),
  });
  expect(readFileSync(output(), "utf8")).toBe("of before");
  expect(readdirSync(folder).filter((name) => name.endsWith(".partial"))).toEqual([]);
});

test("an input or an output that is nowhere is refused by name", async () => {
  await expect(predictFile(predictor, onTable, { input: path.join(folder, "nowhere"), output: output() })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  const input = write("unseen.csv", HEADER, `a,${STAR}`);
  await expect(predictFile(predictor, onTable, { input, output: path.join(folder, "nowhere/out.csv") })).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
});

const demoHeader = () => ["SOURCE_ID", ...predictor.columns(onCatalogue).map(({ name }) => name.toUpperCase())].join(",");
const demoStar = () =>
  predictor
    .columns(onCatalogue)
    .map(() => "1")
    .join(",");

test("a table for a model of the catalogue has its names in any case, and an id of every digit", async () => {
  const input = write("upper.csv", demoHeader(), `6917528997577384321,${demoStar()}`);
  expect(await predictFile(predictor, onCatalogue, { input, output: output() })).toMatchObject({ stars: 1 });
  expect(lines()[1]).toMatch(/^6917528997577384321,/);
});

test.each([
  ["a rounded source_id", "6.917528997577384e+18", "source_id is a rounded number"],
  ["a source_id with a point", "4295806720.0", "source_id is a rounded number"],
  ["a pixel beyond the sphere", "6917529027641081856", "source_id out of range"],
  ["no source_id", "NA", "there is no source_id"],
])("%s is refused, and no file is written", async (_what, id, why) => {
  const input = write("faulty.csv", demoHeader(), `${id},${demoStar()}`);
  await expect(predictFile(predictor, onCatalogue, { input, output: output() })).rejects.toMatchObject({
    code: "BAD_INPUT",
    message: expect.stringContaining(why),
  });
});

test("names of objects that were made of floating-point numbers are refused", async () => {
  const input = write("floats.csv", HEADER, `123.0,${STAR}`);
  await expect(predictFile(predictor, onTable, { input, output: output() })).rejects.toThrow("the id '123.0' is a floating-point number");
});
