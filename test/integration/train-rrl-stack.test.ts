import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Database } from "../../src/database/database";
import { rrlShapeAndPointsFeatures } from "../../src/features/light-curve/sequence/rrl-shape-and-points";
import { MODALITIES } from "../../src/modalities/modalities";
import { Predictor } from "../../src/models/predictor";
import { Registry } from "../../src/models/registry/registry";
import { readLightCurveSet } from "../../training/light-curves/light-curve-set";
import { runGraph } from "../../training/onnx/run-graph";
import { predictFile } from "../../training/predict/predict-file";
import type { TrainingReport } from "../../training/recipe";
import { membersNamed } from "../../training/stacks/rrl-stack/members/members";
import { trainRrlStack } from "../../training/stacks/rrl-stack/rrl-stack";
import { openTestDatabase } from "../support/database";
import { sawtooth, writeFolder } from "../support/folded-curves";
import { rrLyraeStars, writeRrLyrae } from "../support/rr-lyrae-folder";
import { describeXgboost } from "../support/xgboost";

const STARS = 120;
const SMALL = { epochs: 2, repeats: 1, threads: 1 } as const;

let database: Database;
let folder: string;
let data: string;
let report: TrainingReport;

beforeAll(async () => {
  database = await openTestDatabase();
  folder = mkdtempSync(path.join(tmpdir(), "asterism-stack-"));
  data = writeRrLyrae(path.join(folder, "data"), STARS, 1, 2);
  report = await trainRrlStack(database, folder, { data, ...SMALL });
}, 120_000);
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

/** @returns [Fe/H] and its error, by id, and the lines of the file that `asterism predict` writes */
async function served(input: string, { version } = report): Promise<{ answers: Map<string, readonly [number, number]>; lines: string[] }> {
  const output = path.join(folder, "out.csv");
  const predictor = new Predictor(new Registry(database, folder), MODALITIES, { batchSize: 64, batchWindowMs: 0, queueLimit: 1000 });
  try {
    await predictFile(predictor, version, { input, output });
  } finally {
    await predictor.close();
  }
  const lines = readFileSync(output, "utf8").trimEnd().split("\n").slice(1);
  const cells = lines.map((line) => line.split(","));
  return { answers: new Map(cells.map(([id, feh, error]) => [id!, [Number(feh), Number(error)]])), lines };
}

test("each star is scored by members that it had no part in, far better than by the mean", () => {
  const [feh] = report.evaluations;
  expect(feh!.after.stars).toBe(STARS);
  expect(feh!.after.rmse).toBeLessThan(0.5 * feh!.before.rmse);
  expect(feh!.coverage).toBeGreaterThan(0.55);
  expect(feh!.coverage).toBeLessThan(0.82);
});

test("one version names its members, their weights and what each is worth by itself", () => {
  const { manifest } = report.version;
  expect(manifest).toMatchObject({ recipe: "rrl-stack", modality: "light-curve", members: 2, backend: "typescript, sequence-kernels" });
  const { members, memberRmse, fit } = manifest.settings as {
    members: string[];
    memberRmse: Record<string, number>;
    fit: Record<string, number>;
  };
  expect(members).toEqual(["gp", "gru"]);
  // Two epochs teach a network nothing: the process is all but alone, yet each is scored as it is.
  expect(memberRmse.gp).toBeLessThan(memberRmse.gru!);
  expect(fit["weight of gp"]! + fit["weight of gru"]!).toBeCloseTo(1, 9);
  expect(fit["weight of gp"]).toBeGreaterThan(0.5);
});

test("its folder holds one artifact", () => {
  const files = readdirSync(path.join(folder, "models", "rrl-stack", "1"));
  expect(files.filter((file) => file.endsWith(".onnx"))).toHaveLength(1);
});

test("`predict` says of a light curve what the artifact says of its inputs", async () => {
  const set = await readLightCurveSet(data, rrlShapeAndPointsFeatures);
  const onnx = readFileSync(path.join(folder, "models", "rrl-stack", "1", "model.onnx"));
  const { value, error } = await runGraph(onnx, { inputs: set.inputs }, STARS, ["value", "error"]);
  const { answers } = await served(data);
  set.ids.forEach((id, star) => {
    expect(answers.get(id)![0]).toBeCloseTo(value![star]!, 4);
    expect(answers.get(id)![1]).toBeCloseTo(error![star]!, 4);
  });
});

test("stars that nothing knew of are answered within the stated errors", async () => {
  const unseen = rrLyraeStars(60, 2);
  const input = writeFolder(
    path.join(folder, "unseen"),
    unseen.map(({ feh: _, fold: __, ...star }) => star),
  );
  const { answers } = await served(input);
  const within = unseen.filter(({ id, feh }) => Math.abs(answers.get(id)![0] - feh) < 2 * answers.get(id)![1]);
  expect(within.length).toBeGreaterThan(0.85 * 60);
});

test("a light curve of another shape than any training star's is flagged by its Fourier parameters", async () => {
  const sine = sawtooth(40).map(([phase], index): [number, number] => [
    phase,
    15 + 0.4 * Math.sin(2 * Math.PI * phase) + 0.01 * ((index * 7) % 3),
  ]);
  const { lines } = await served(writeFolder(path.join(folder, "odd"), [{ id: "1", period: "0.6", points: sine }]));
  expect(lines[0]).toMatch(/INPUT_OUTSIDE_LIMITS,[^,]*R21/);
});

/** Ends a training as soon as it is heard of a network. */
function interruptedAtNetworks() {
  const controller = new AbortController();
  const onProgress = (_done: number, _total: number, note: string) => {
    if (note.startsWith("gru")) controller.abort();
  };
  return { interrupt: controller.signal, onProgress };
}

test("the file says of stars that its one network left out what training said of them, with the same error", async () => {
  const one = await trainRrlStack(database, folder, { data, ...SMALL, members: ["gru"], model: "rrl-stack-one" }, interruptedAtNetworks());
  const { ids, fold } = await readLightCurveSet(data, rrlShapeAndPointsFeatures);
  const leftOut = ids.filter((_, star) => fold[star] === 0);
  const { predicted, error } = one.predictions[0]!;
  expect(predicted).toHaveLength(leftOut.length);
  const { answers } = await served(data, one);
  leftOut.forEach((id, index) => {
    expect(answers.get(id)![0]).toBeCloseTo(predicted[index]!, 4);
    expect(answers.get(id)![1]).toBeCloseTo(error[index]!, 4);
  });
});

test("an interrupt keeps what is finished, and stars that not all members answered are not scored", async () => {
  const short = await trainRrlStack(database, folder, { data, ...SMALL, model: "rrl-stack-short" }, interruptedAtNetworks());
  expect(short.interrupted).toBe(true);
  expect(short.evaluations[0]!.after.stars).toBe(STARS / 2);
  expect(short.version.manifest.settings).toMatchObject({ interrupted: true });
});

test("a training that fails on its way registers nothing and leaves no file", async () => {
  const failing = trainRrlStack(database, folder, {
    data,
    ...SMALL,
    model: "rrl-stack-failed",
    members: ["gp", "xgboost"],
    library: path.join(folder, "no-such-library.so"),
  });
  await expect(failing).rejects.toMatchObject({ code: "BACKEND_UNAVAILABLE" });
  expect(readdirSync(path.join(folder, "models"))).not.toContain("rrl-stack-failed");
});

describeXgboost("With XGBoost's library", () => {
  test("boosted trees are one more member", async () => {
    const library = process.env.ASTERISM_XGBOOST_LIBRARY;
    const three = await trainRrlStack(database, folder, { data, ...SMALL, members: ["gp", "xgboost"], library, model: "rrl-stack-trees" });
    const { settings, libraries } = three.version.manifest;
    const { memberRmse } = settings as { memberRmse: Record<string, number> };
    // Of sixty stars, trees whose leaves take twenty learn little.
    expect(memberRmse.xgboost).toBeLessThan(0.8 * three.evaluations[0]!.before.rmse);
    expect(libraries).toHaveProperty("xgboost");
    expect((await served(data, three)).answers.size).toBe(STARS);
  }, 120_000);
});

test("members are named once each, of those there are", () => {
  expect(membersNamed(["gru", "gp"]).map(({ name }) => name)).toEqual(["gru", "gp"]);
  expect(() => membersNamed(["gp", "forest"])).toThrow("one or more of gp, gru, xgboost, each once; not 'gp,forest'");
  expect(() => membersNamed(["gp", "gp"])).toThrow("each once");
});
