import type { Database } from "../../src/database/database";
import type { Artifact } from "../../src/models/registry/artifact-store";
import { classesOf } from "../../src/models/registry/output";
import { Registry } from "../../src/models/registry/registry";
import type { TrainingSet } from "../../training/datasets/training-set";
import { evaluateVersion } from "../../training/evaluation/evaluate-version";
import { metricOf } from "../../training/evaluation/metric";
import type { TrainingReport } from "../../training/recipe";
import { readStudy } from "../../training/values/study/parse-study";
import { readStudyLabelled } from "../../training/values/study/registered-study";
import { trainStudy } from "../../training/values/study/train-study";
import { openTestDatabase } from "../support/database";
import { mixedDraft, mixedModel } from "../support/mixed-model";
import { normal, uniform } from "../support/random";
import { temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();
let database: Database;
let registry: Registry;
beforeAll(async () => {
  database = await openTestDatabase();
  registry = new Registry(database, folder.path);
});
afterAll(() => database.close());

describe("a version that says a quantity, classes and a vector", () => {
  let artifact: Artifact;
  beforeAll(async () => {
    artifact = await registry.load(await registry.register(mixedDraft(), mixedModel()));
  });

  /** Two stars at each of two magnitudes, where a giant has odds of 1 : e and of e : 1; a fifth is of no class that it knows. */
  const set = (over: Partial<TrainingSet> = {}): TrainingSet => ({
    ...{ source: "five.csv", path: "five.csv", layout: "five", idColumn: "id", sha256: "5", synthetic: false },
    featureSet: artifact.manifest.featureSet,
    labels: [{ name: "teff", unit: "K", column: "Teff" }],
    ids: ["1", "2", "3", "4", "5"],
    starKeys: ["1", "2", "3", "4", "5"],
    inputs: Float32Array.of(9, 1, 9, 1, 11, 1, 11, 1, 9, 1),
    references: [Float64Array.of(5100, 5100, 4900, 4900, Number.NaN)],
    before: null,
    classes: [{ name: "kind", column: "Kind", classes: ["dwarf", "giant"], values: Int32Array.of(0, 1, 1, 1, -1) }],
    ...over,
  });

  test("is scored by accuracy, log loss, Brier score, calibration and which classes are taken for which", async () => {
    const { labels, classes, unscored } = await evaluateVersion(artifact, set());
    expect(labels.map(({ name, after }) => [name, after.stars, after.rmse])).toEqual([["teff", 4, 0]]);
    const [{ name, after, before }] = classes as [(typeof classes)[number]];
    const sure = Math.E / (1 + Math.E);
    expect([name, after.stars, after.accuracy, after.confusion]).toEqual([
      "kind",
      4,
      0.75,
      [
        [1, 0],
        [1, 2],
      ],
    ]);
    expect(after.logLoss).toBeCloseTo(-(3 * Math.log(sure) + Math.log(1 - sure)) / 4, 5);
    // Of a binary choice: the squares of both probabilities' errors.
    expect(after.brier).toBeCloseTo((3 * 2 * (1 - sure) ** 2 + 2 * sure ** 2) / 4, 5);
    expect(after.calibrationError).toBeCloseTo(Math.abs(0.75 - sure), 5);
    expect(before.stars).toBe(4);
    expect(unscored).toEqual(["space"]);
  });

  test("is scored by what the table has", async () => {
    const { labels, classes } = await evaluateVersion(artifact, set({ classes: [] }));
    expect([labels.length, classes.length]).toEqual([1, 0]);
    const other = await evaluateVersion(artifact, set({ labels: [], references: [] }));
    expect([other.labels.length, other.classes.length, metricOf(other).name]).toEqual([0, 1, "log-loss-ratio"]);
    const nothing = evaluateVersion(artifact, set({ labels: [], references: [], classes: [] }));
    await expect(nothing).rejects.toThrow("has none of the labels of mixed@1 to compare with: teff, kind");
  });

  test("of vectors alone there is nothing to score, and that is said", async () => {
    const { manifest } = artifact;
    const outputs = manifest.outputs.filter(({ kind }) => kind === "vector");
    const vectors = { ...artifact, manifest: { ...manifest, outputs } };
    await expect(evaluateVersion(vectors, set())).rejects.toThrow("mixed@1 says vectors alone (space)");
  });
});

const MAPPING = `
catalogue: { name: kinds, title: Kinds }
id: id
values:
  colour: { value: colour, unit: mag }
labels:
  teff: { value: Teff }
classes:
  kind: { column: Kind }
`;
const STUDY = `
name: kinds
mapping: kinds-mapping.yaml
labels: { names: [teff] }
classes: [kind]
inputs: [colour]
gaps: 0
folds: 3
family: linear
`;

/** Three kinds that overlap in colour. @param kinds what they are called, and so their order */
function table(stars: number, first: number, kinds: readonly string[]): string {
  const lines = Array.from({ length: stars }, (_, index) => {
    const [draw, noise] = [uniform(first + index)(), normal(1_000_000 + first + index)()];
    const kind = Math.floor(3 * draw);
    return `s${first + index},${(kind + 0.4 * noise).toFixed(4)},${(6000 - 500 * kind + 20 * noise).toFixed(1)},${kinds[kind]}`;
  });
  return `${["id,colour,Teff,Kind", ...lines].join("\n")}\n`;
}

describe("a study with classes", () => {
  let data: string;
  let report: TrainingReport;
  let artifact: Artifact;
  beforeAll(async () => {
    folder.write("kinds-mapping.yaml", MAPPING);
    data = folder.write("kinds.csv", table(400, 0, ["blue", "red", "amber"]));
    const study = readStudy(folder.write("kinds.yaml", STUDY), data);
    report = await trainStudy(database, folder.path, study, { data, threads: 1 });
    artifact = await registry.load(report.version);
  }, 120_000);

  test("gives its own test stars' figures again", async () => {
    const evaluation = await evaluateVersion(artifact, await readStudyLabelled(null, artifact.manifest, { data }));
    expect(evaluation).toMatchObject({ scope: "test", ownTestStars: true });
    const [trained] = classesOf(artifact.manifest);
    const [{ after, before }] = evaluation.classes as [(typeof evaluation.classes)[number]];
    expect(after.confusion).toEqual(trained!.test.confusion);
    expect(after.logLoss).toBeCloseTo(trained!.test.logLoss, 5);
    expect(before).toEqual(trained!.before);
    expect(after.accuracy).toBeGreaterThan(0.7);
    expect(metricOf(evaluation)).toMatchObject({ name: "error-ratio", value: expect.closeTo(report.version.manifest.metric!.value, 4) });
  });

  test("is evaluated on a table whose classes are others, by their names", async () => {
    // In this table's own order 'violet' is the last of three and 'amber' is none.
    const others = folder.write("others.csv", table(150, 5000, ["blue", "red", "violet"]));
    const { classes } = await evaluateVersion(artifact, await readStudyLabelled(null, artifact.manifest, { data: others }));
    const [{ after, classes: names }] = classes as [(typeof classes)[number]];
    expect(names).toEqual(["amber", "blue", "red"]);
    expect(after.stars).toBeLessThan(120);
    expect(after.confusion[0]).toEqual([0, 0, 0]);
    expect(after.accuracy).toBeGreaterThan(0.7);
  });
});
