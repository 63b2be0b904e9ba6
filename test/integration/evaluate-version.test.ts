import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Database } from "../../src/database/database";
import { raveApogeeFeatures } from "../../src/features/rave-apogee";
import type { Artifact } from "../../src/models/registry/artifact-store";
import { Registry } from "../../src/models/registry/registry";
import type { TrainingSet } from "../../training/datasets/training-set";
import { evaluateVersion } from "../../training/evaluation/evaluate-version";
import type { TrainingReport } from "../../training/recipe";
import { overriddenStudy } from "../../training/values/study/overrides";
import { readStudy } from "../../training/values/study/parse-study";
import { readStudyLabelled } from "../../training/values/study/registered-study";
import type { Study } from "../../training/values/study/study";
import { trainStudy } from "../../training/values/study/train-study";
import { readStarTable } from "../../training/values/table-folder";
import { fromStarTable } from "../../training/values/table-training-set";
import { openTestDatabase } from "../support/database";
import { labelledTable } from "../support/labelled-table";
import { linearModel } from "../support/linear-model";
import { manifestDraft } from "../support/manifest";
import { writeStarTable } from "../support/star-table";

let database: Database;
let folder: string;
let registry: Registry;
beforeAll(async () => {
  database = await openTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), "asterism-evaluate-"));
  registry = new Registry(database, folder);
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

describe("The baseline, a study that ships", () => {
  let table: string;
  let study: Study;
  let report: TrainingReport;
  let artifact: Artifact;
  const steps: number[] = [];

  beforeAll(async () => {
    table = await writeStarTable(300);
    const whole = overriddenStudy(readStudy("sos-svr", table), { settings: ["stars=150", "gamma=0.01", "cost=10"] });
    study = { ...whole, folds: 3, gaps: { ...whole.gaps, apart: 1 } };
    report = await trainStudy(database, folder, study, { data: table, threads: 1 }, { onProgress: (done) => steps.push(done) });
    artifact = await registry.load(report.version);
  });

  it("registers a version that learned what there is to learn, and says how", () => {
    expect(report.version).toMatchObject({ model: "sos-svr", version: 1, aliases: ["champion"], synthetic: false });
    expect(report.version.manifest).toMatchObject({
      backend: "libsvm",
      settings: { families: [{ name: "svr", settings: { stars: 150, gamma: 0.01, cost: 10 } }], folds: 3 },
    });
    const [teff, logg] = report.evaluations;
    for (const one of [teff!, logg!]) expect(one.after.rmse).toBeLessThan(0.4 * one.before.rmse);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    expect(steps.at(-1)).toBe(5000);
  });

  it("gives the same artifact again for the same seed", async () => {
    const again = await trainStudy(database, folder, study, { data: table, threads: 1 });
    expect(again.version.sha256).toBe(report.version.sha256);
  });

  it("registers the best so far when it is interrupted", async () => {
    const interrupt = new AbortController();
    const onProgress = () => interrupt.abort();
    const stopped = await trainStudy(database, folder, study, { data: table, threads: 1 }, { onProgress, interrupt: interrupt.signal });
    expect(stopped.interrupted).toBe(true);
    expect(stopped.version.manifest.settings.interrupted).toBe(true);
  });

  it("evaluated on the data it was trained on gives its own test stars' figures again, from the served artifact", async () => {
    const evaluation = await evaluateVersion(artifact, await readStudyLabelled(null, artifact.manifest, { data: table }));
    expect(evaluation).toMatchObject({ scope: "test", ownTestStars: true });
    expect(evaluation.labels).toHaveLength(5);
    evaluation.labels.forEach((label, index) => {
      const trained = report.evaluations[index];
      expect(label.after.stars).toBe(trained!.after.stars);
      expect(label.after.rmse / trained!.after.rmse).toBeCloseTo(1, 3);
      expect(label.before).toEqual(trained!.before);
    });
  });

  it("evaluated on another table takes every star of it", async () => {
    const other = await writeStarTable(150, 99);
    const evaluation = await evaluateVersion(artifact, await readStudyLabelled(null, artifact.manifest, { data: other }));
    expect(evaluation).toMatchObject({ scope: "all", ownTestStars: false });
    expect(evaluation.labels.map(({ after }) => after.stars)).toEqual([150, 150, 150, 150, 150]);
  });
});

describe("A version from before there were studies", () => {
  let artifact: Artifact;
  const readTable = async (name: string, csv: string): Promise<TrainingSet> => {
    const file = path.join(folder, name);
    await writeFile(file, csv);
    return fromStarTable(await readStarTable(file));
  };

  /** The table's stars have BP - RP = 4.2 - teff / 2000, with noise. */
  beforeAll(async () => {
    const { name, inputs } = raveApogeeFeatures;
    const ones = inputs.map(() => 1);
    const draft = manifestDraft({ model: "old", featureSet: { name, inputs }, normalisation: { mean: ones, scale: ones } });
    const slopes = inputs.map((input) => (input.name === "BP-RP" ? -2000 : 0));
    const version = await registry.register(
      { ...draft, limits: inputs.map(() => [-50, 50]), data: { ...draft.data, layout: "rave-apogee" } },
      linearModel([{ name: "teff", offset: 8400, slopes, error: 30 }]),
    );
    artifact = await registry.load(version);
  });

  it("is evaluated on every star of another table, by the labels that both have", async () => {
    const evaluation = await evaluateVersion(artifact, await readTable("others.csv", labelledTable(150, 10_000)));
    expect(evaluation).toMatchObject({ scope: "all", ownTestStars: false });
    expect(evaluation.labels.map(({ name, after }) => [name, after.stars])).toEqual([["teff", 150]]);
    const [{ after }] = evaluation.labels as [(typeof evaluation.labels)[number]];
    // Noise of 0.01 mag in each of two bands.
    expect(after.rmse / (2000 * 0.01 * Math.SQRT2)).toBeCloseTo(1, 0);
  });

  it("is not evaluated on a table that has none of its labels", async () => {
    const withoutTeff = await readTable("logg-only.csv", labelledTable(20, 20_000).replace(",Teff", ",temperature"));
    await expect(evaluateVersion(artifact, withoutTeff)).rejects.toThrow("has none of the labels of old@1");
  });

  it("refuses a set of other inputs", async () => {
    const set = await readTable("stars.csv", labelledTable(20));
    const other = { ...set, featureSet: { ...set.featureSet, name: "other" } };
    await expect(evaluateVersion(artifact, other)).rejects.toThrow("takes the feature set 'rave-apogee'");
    const reordered = { ...set, featureSet: { ...set.featureSet, inputs: set.featureSet.inputs.toReversed() } };
    await expect(evaluateVersion(artifact, reordered)).rejects.toThrow("computes other inputs than when old@1 was trained");
  });
});
