import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Database } from "../../src/database/database";
import type { Artifact } from "../../src/models/registry/artifact-store";
import { Registry } from "../../src/models/registry/registry";
import { fromStarTable, type TrainingSet } from "../../training/datasets/training-set";
import { evaluateVersion } from "../../training/evaluation/evaluate-version";
import { trainSosSvr } from "../../training/families/svr/sos-svr";
import type { TrainingReport } from "../../training/recipe";
import { readStarTable } from "../../training/values/table-folder";
import { openTestDatabase } from "../support/database";
import { labelledTable } from "../support/labelled-table";

let database: Database;
let folder: string;
let table: string;
let report: TrainingReport;
let artifact: Artifact;
let notes: string[];

async function readTable(name: string, csv: string): Promise<TrainingSet> {
  const file = path.join(folder, name);
  await writeFile(file, csv);
  return fromStarTable(await readStarTable(file));
}

beforeAll(async () => {
  database = await openTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), "asterism-evaluate-"));
  table = path.join(folder, "stars.csv");
  await writeFile(table, labelledTable(400));
  notes = [];
  report = await trainSosSvr(database, folder, { data: table, stars: 200 }, { onProgress: (_done, _total, note) => notes.push(note) });
  artifact = await new Registry(database, folder).load(report.version);
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

describe("The baseline recipe", () => {
  it("registers a version that learned what there is to learn", () => {
    expect(report.version).toMatchObject({ model: "sos-svr", version: 1, aliases: ["champion"], synthetic: false });
    expect(report.version.manifest.backend).toBe("libsvm");
    for (const { after, before } of report.evaluations) expect(after.rmse).toBeLessThan(0.2 * before.rmse);
  });

  it("keeps what it chose for each label, and tells of each fit", () => {
    const { labels } = report.version.manifest.settings as { labels: Record<string, { gamma: number; cost: number }> };
    expect(Object.keys(labels).sort()).toEqual(["logg", "teff"]);
    expect(notes).toHaveLength(20);
  });

  it("gives the same artifact again for the same seed", async () => {
    const again = await trainSosSvr(database, folder, { data: table, stars: 200 });
    expect(again.version.sha256).toBe(report.version.sha256);
  });

  it("registers the best so far when it is interrupted", async () => {
    const interrupt = new AbortController();
    const fits: number[] = [];
    const onProgress = (done: number) => {
      fits.push(done);
      interrupt.abort();
    };
    const stopped = await trainSosSvr(database, folder, { data: table, stars: 200 }, { onProgress, interrupt: interrupt.signal });
    expect(stopped.interrupted).toBe(true);
    expect(stopped.version.manifest.settings.interrupted).toBe(true);
    expect(fits.length).toBeLessThan(notes.length);
  });
});

describe("Evaluating a version", () => {
  it("on the data it was trained on gives its own test stars' figures again, from the served artifact", async () => {
    const evaluation = await evaluateVersion(artifact, fromStarTable(await readStarTable(table)));
    expect(evaluation).toMatchObject({ scope: "test", ownTestStars: true });
    evaluation.labels.forEach((label, index) => {
      const trained = report.evaluations[index];
      expect(label.after.stars).toBe(trained!.after.stars);
      expect(label.after.rmse / trained!.after.rmse).toBeCloseTo(1, 3);
      expect(label.before).toEqual(trained!.before);
    });
  });

  it("on another table takes every star of it", async () => {
    const evaluation = await evaluateVersion(artifact, await readTable("others.csv", labelledTable(150, 10_000)));
    expect(evaluation).toMatchObject({ scope: "all", ownTestStars: false });
    expect(evaluation.labels.map(({ after }) => after.stars)).toEqual([150, 150]);
    for (const { after, before } of evaluation.labels) expect(after.rmse).toBeLessThan(0.2 * before.rmse);
  });

  it("compares the labels that a table has", async () => {
    const withoutTeff = labelledTable(20, 20_000).replace(",Teff", ",temperature");
    const { labels } = await evaluateVersion(artifact, await readTable("logg-only.csv", withoutTeff));
    expect(labels.map(({ name }) => name)).toEqual(["logg"]);
  });

  it("refuses a set of other inputs", async () => {
    const set = fromStarTable(await readStarTable(table));
    const other = { ...set, featureSet: { ...set.featureSet, name: "other" } };
    await expect(evaluateVersion(artifact, other)).rejects.toThrow("takes the feature set 'rave-apogee'");
    const reordered = { ...set, featureSet: { ...set.featureSet, inputs: set.featureSet.inputs.toReversed() } };
    await expect(evaluateVersion(artifact, reordered)).rejects.toThrow("computes other inputs than when sos-svr@1 was trained");
  });
});
