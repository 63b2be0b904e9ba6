import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Database } from "../../src/database/database";
import { rrlPointsFeatures } from "../../src/features/light-curve/sequence/rrl-points";
import { MODALITIES } from "../../src/modalities/modalities";
import { Predictor } from "../../src/models/predictor";
import { quantitiesOf } from "../../src/models/registry/output";
import { Registry } from "../../src/models/registry/registry";
import { Random } from "../../src/science/random";
import { trainRrlGru } from "../../training/families/sequences/rrl-gru";
import { trainRrlLstm } from "../../training/families/sequences/rrl-lstm";
import type { SequenceOptions } from "../../training/families/sequences/rrl-sequences";
import { trainRrlTransformer } from "../../training/families/sequences/rrl-transformer";
import { readLightCurveSet } from "../../training/light-curves/light-curve-set";
import { predictFile } from "../../training/predict/predict-file";
import type { TrainingReport } from "../../training/recipe";
import { openTestDatabase } from "../support/database";
import { sawtooth, writeFolder } from "../support/folded-curves";

const STARS = 120;
/** One network, on nine tenths of the stars: what it predicts for the others is what the file must give. */
const SMALL = { folds: 1, repeats: 1, epochs: 4, threads: 1 } as const;

let database: Database;
let folder: string;
let data: string;

/** Metallicities that follow from the period and the amplitude, as in RR Lyrae stars. */
function writeStars(place: string): string {
  const random = new Random(4);
  const stars = Array.from({ length: STARS }, (_, index) => {
    const [period, amplitude] = [random.between(0.45, 0.75), random.between(0.2, 0.5)];
    const points = sawtooth(24 + (index % 20), amplitude).map(([phase, mag]): [number, number] => [phase, mag + 0.01 * random.normal()]);
    return { id: String(1000 + index), period: period.toFixed(6), points, feh: 1.5 - 4 * period - 2 * amplitude };
  });
  return writeFolder(place, stars);
}

beforeAll(async () => {
  database = await openTestDatabase();
  folder = mkdtempSync(path.join(tmpdir(), "asterism-sequences-"));
  data = writeStars(path.join(folder, "stars"));
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

async function withPredictor(work: (predictor: Predictor) => Promise<unknown>): Promise<void> {
  const predictor = new Predictor(new Registry(database, folder), MODALITIES, { batchSize: 64, batchWindowMs: 0, queueLimit: 1000 });
  try {
    await work(predictor);
  } finally {
    await predictor.close();
  }
}

/** @returns what `asterism predict` writes for the training folder: [Fe/H] by id */
async function served({ version }: TrainingReport): Promise<Map<string, number>> {
  const output = path.join(folder, "out.csv");
  await withPredictor((predictor) => predictFile(predictor, version, { input: data, output }));
  const lines = readFileSync(output, "utf8").trimEnd().split("\n").slice(1);
  return new Map(lines.map((line) => [line.split(",")[0]!, Number(line.split(",")[1]!)]));
}

/** Every star that was left out gets from the file what the networks that left it out said of it in training. */
async function expectServed(report: TrainingReport): Promise<void> {
  const { ids, fold } = await readLightCurveSet(data, rrlPointsFeatures);
  const leftOut = ids.filter((_, star) => fold[star] === 0);
  const { predicted } = report.predictions[0]!;
  expect(predicted).toHaveLength(leftOut.length);
  const answers = await served(report);
  leftOut.forEach((id, index) => {
    expect(answers.get(id)).toBeCloseTo(predicted[index]!, 4);
  });
}

test.each([
  ["rrl-gru", trainRrlGru],
  ["rrl-lstm", trainRrlLstm],
  ["rrl-transformer", trainRrlTransformer],
])("%s serves from files what it predicted in training for stars that it had left out", async (name, train) => {
  const report = await train(database, folder, { data, ...SMALL });
  expect(report.version.model).toBe(name);
  await expectServed(report);
});

test("a light curve of another shape than any training star's is flagged, though none of its points is odd", async () => {
  const { version } = await trainRrlGru(database, folder, { data, ...SMALL, epochs: 1, model: "rrl-gru-shapes" });
  // As an RRc or a contact binary may look: the same amplitude, without the steep rise.
  const sine = sawtooth(40).map(([phase]): [number, number] => [phase, 15 + 0.4 * Math.sin(2 * Math.PI * phase)]);
  const random = new Random(7);
  const observed = (points: [number, number][]) => points.map(([phase, mag]): [number, number] => [phase, mag + 0.01 * random.normal()]);
  const input = writeFolder(path.join(folder, "odd"), [
    { id: "1", period: "0.6", points: observed(sine) },
    { id: "2", period: "0.6", points: observed(sawtooth(40, 0.35)) },
  ]);
  const output = path.join(folder, "odd.csv");
  await withPredictor((predictor) => predictFile(predictor, version, { input, output }));
  const [odd, usual] = readFileSync(output, "utf8").trimEnd().split("\n").slice(1);
  expect(odd).toMatch(/INPUT_OUTSIDE_LIMITS,[^,]*R21/);
  expect(usual).not.toContain("INPUT_OUTSIDE_LIMITS");
});

test("light curves may be resampled instead, and the file takes those", async () => {
  const report = await trainRrlGru(database, folder, { data, ...SMALL, epochs: 1, input: "resampled", model: "rrl-gru-resampled" });
  expect(report.version.manifest.featureSet.name).toBe("rrl-resampled");
  await expectServed(report);
});

test("the same seed gives the same networks, whatever the number of threads", async () => {
  const options: SequenceOptions = { data, folds: 2, repeats: 1, epochs: 2, model: "rrl-gru-seeds" };
  const [one, two] = [
    await trainRrlGru(database, folder, { ...options, threads: 1 }),
    await trainRrlGru(database, folder, { ...options, threads: 2 }),
  ];
  expect([...two.predictions[0]!.predicted]).toEqual([...one.predictions[0]!.predicted]);
  expect(two.version.sha256).toBe(one.version.sha256);
});

test("an interrupt keeps the networks that are finished", async () => {
  const controller = new AbortController();
  const watch = {
    interrupt: controller.signal,
    onProgress: (done: number) => {
      if (done === 3) controller.abort();
    },
  };
  const report = await trainRrlGru(database, folder, { data, folds: 5, repeats: 1, epochs: 2, threads: 1, model: "rrl-gru-short" }, watch);
  expect(report.interrupted).toBe(true);
  const { manifest } = report.version;
  const { members } = manifest;
  expect(members).toBeLessThan(5); // the second may have been on its last epoch
  expect(quantitiesOf(manifest)[0]!.test.stars).toBe((members * STARS) / 10);
});

test("the manifest says how good the networks are by both protocols", async () => {
  const report = await trainRrlGru(database, folder, { data, folds: 10, repeats: 1, epochs: 2, model: "rrl-gru-all" });
  const { crossValidation } = report.version.manifest.settings as { crossValidation: Record<string, number> };
  expect(crossValidation.stars).toBe(STARS);
  expect(crossValidation.rmse).toBeCloseTo(report.evaluations[0]!.after.rmse, 10);
  expect(crossValidation.stoppedOnScoredFoldRmse).toBeLessThanOrEqual(crossValidation.rmse!);
});
