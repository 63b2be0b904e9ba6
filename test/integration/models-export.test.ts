import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PACKAGE_ROOT } from "../../src/config";
import { answeredTensors } from "../../src/models/inference/answered-tensors";
import { InferenceEngine } from "../../src/models/inference/inference-engine";
import type { InferenceOutput } from "../../src/models/inference/inference-protocol";
import { Predictor } from "../../src/models/predictor";
import { type ModelVersion, Registry } from "../../src/models/registry/registry";
import { readMetadata } from "../../training/onnx/model-metadata";
import { ValuesArtifact } from "../../training/values/values-artifact";
import { DEMO_FEATURES, DEMO_ONNX, TEST_MODALITIES } from "../support/demo-features";
import { type Installation, makeInstallation } from "../support/installation";
import { FEH, manifestDraft, TEFF } from "../support/manifest";
import { compiled, matrix, type Row } from "../support/study-inputs";
import { temporaryFolder } from "../support/table-files";
import { ONNX_PYTHON, runBeside, testWithOnnxruntime } from "../support/vo-clients";

const folder = temporaryFolder();
const file = (name: string) => path.join(folder.path, name);
let installation: Installation;

const STUDY = compiled([{ colour: "bp - rp" }, { M_G: "dereddened(absolute(g))" }, "w1 - w2"]);
const STARS = Array.from({ length: 40 }, (_, star) => ({
  photGMeanMag: 10 + star / 8,
  photBpMeanMag: star % 7 === 3 ? null : 10.5 + star / 8,
  photRpMeanMag: 9.25 + star / 9,
  parallax: star % 5 === 2 ? -0.5 : 1 + star / 3,
  ebv: 0.01 * star,
  allwiseW1: star % 3 === 0 ? null : 8.5,
  allwiseW2: 8.25,
}));

/** Weights that a test can have without a training: a line in each input and its flag. */
function linearArtifact(): Uint8Array {
  const artifact = new ValuesArtifact("linear", STUDY, {
    normalisation: { mean: [1, 4, 0], scale: [0.5, 3, 0.1], reach: 4 },
    limits: STUDY.inputs.map(() => [-1, 3]),
  });
  const { graph, inputs } = artifact;
  for (const [name, unit, scale] of [
    ["teff", "K", 1000],
    ["logg", "dex", 1],
  ] as const) {
    const weights = Float32Array.of(0.5, -0.3, 0.2, 0.1, -0.1, 0.05).map((weight) => weight * scale);
    const value = graph.add("MatMul", [inputs.prepared, graph.constant([6, 1], weights)]);
    artifact.quantity(name, unit, value, graph.add("Abs", [value]));
  }
  return artifact.finish({ study: "name: linear\n" });
}

const LINEAR = manifestDraft({
  model: "linear",
  featureSet: { name: "study", inputs: STUDY.inputs },
  columns: STUDY.columns,
  limits: STUDY.inputs.map(() => [-1, 3]),
  normalisation: { mean: [1, 4, 0], scale: [0.5, 3, 0.1] },
  outputs: [TEFF, { ...FEH, name: "logg" }],
});

async function register(): Promise<{ linear: ModelVersion; demo: ModelVersion; tampered: ModelVersion }> {
  const database = await installation.open();
  const registry = new Registry(database, installation.dataDir);
  const linear = await registry.register(LINEAR, linearArtifact());
  const demo = await registry.register(manifestDraft({ model: "demo" }), DEMO_ONNX);
  const tampered = await registry.register(manifestDraft({ model: "tampered" }), DEMO_ONNX);
  await database.close();
  const changed = path.join(installation.dataDir, "models/tampered/1/model.onnx");
  chmodSync(changed, 0o644);
  writeFileSync(changed, "nothing");
  return { linear, demo, tampered };
}

let versions: Awaited<ReturnType<typeof register>>;
beforeAll(async () => {
  installation = await makeInstallation();
  versions = await register();
});
afterAll(() => installation.remove());

const exportModel = (model: string, output: string, ...more: string[]) =>
  installation.start("models", "export", model, "--output", file(output), ...more).ended;

test("an exported model says what it is, what goes in and what comes out", async () => {
  const { status, stdout } = await exportModel("demo@1", "demo.onnx", "--json");
  const written = readFileSync(file("demo.onnx"));
  expect({ status, printed: JSON.parse(stdout) }).toMatchObject({
    status: 0,
    printed: { model: "demo", version: 1, bytes: written.length },
  });
  const metadata = readMetadata(written);
  expect(JSON.parse(metadata.get("manifest")!)).toEqual(versions.demo.manifest);
  expect(JSON.parse(metadata.get("inputs")!)).toEqual(versions.demo.manifest.featureSet.inputs);
  expect(JSON.parse(metadata.get("outputs")!)).toEqual([
    { kind: "quantity", name: "teff", unit: "K", value: "value", error: "error", column: 0 },
  ]);
  expect(metadata.get("version")).toBe("1");
  expect(metadata.get("citation")).toContain("demo, version 1");
  expect(Buffer.from(written.subarray(0, DEMO_ONNX.length))).toEqual(Buffer.from(DEMO_ONNX));
});

test("what was changed or cannot be written is told with its exit status, and no file is left", async () => {
  expect(await exportModel("tampered", "tampered.onnx")).toMatchObject({ status: 7 });
  expect(await exportModel("demo", "no/such/folder.onnx")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("cannot be written"),
  });
  for (const name of ["tampered.onnx", "no/such/folder.onnx"]) expect(() => readFileSync(file(name))).toThrow("ENOENT");
});

/** The lines of Python that docs/models.md shows. */
const DOCUMENTED = /```python\n(.*?)```/s.exec(readFileSync(path.join(PACKAGE_ROOT, "docs/models.md"), "utf8"))![1]!;

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** A column of a CSV file of numbers; an empty cell is NaN. */
function columnOf(csv: string, name: string): number[] {
  const [header, ...rows] = csv
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  const at = header!.indexOf(name);
  return rows.map((cells) => (cells[at] === "" ? Number.NaN : Number(cells[at])));
}

function expectClose(found: readonly number[], wanted: readonly number[]): void {
  const size = Math.max(...wanted.filter(Number.isFinite).map(Math.abs));
  expect(found.map(Number.isNaN)).toEqual(wanted.map(Number.isNaN));
  const known = found.flatMap((value, index) => (Number.isNaN(value) ? [] : [Math.abs(value - wanted[index]!)]));
  expect(Math.max(...known) / size).toBeLessThan(1e-5);
}

/** What the server's engine answers for rows of raw values. */
async function served(rows: readonly Row[]): Promise<InferenceOutput> {
  const engine = new InferenceEngine();
  const { id, manifest } = versions.linear;
  const runnable = {
    id,
    name: "linear",
    tensors: answeredTensors(manifest),
    columns: STUDY.columns.map(({ name }) => name),
    read: async () => linearArtifact(),
  };
  const output = await engine.run(runnable, new Float32Array(matrix(STUDY, rows)), rows.length);
  await engine.close();
  return output;
}

testWithOnnxruntime(
  "ten documented lines of Python give what the server's engine answers, from a table with Gaia's names",
  async () => {
    expect(DOCUMENTED.trim().split("\n").length).toBeLessThanOrEqual(10);
    expect(await exportModel("linear", "model.onnx")).toMatchObject({ status: 0 });
    const names = Object.keys(STARS[0]!) as (keyof (typeof STARS)[number])[];
    const lines = STARS.map((star) => names.map((name) => star[name] ?? "").join(","));
    folder.write("stars.csv", [names.map(snake).join(","), ...lines, names.map(() => "").join(","), ""].join("\n"));
    const script = folder.write("predict.py", DOCUMENTED);
    const { status, output } = await runBeside("sh", ["-c", `cd "$1" && "$2" "$3"`, "sh", folder.path, ONNX_PYTHON!, script]);
    expect({ status, output }).toEqual({ status: 0, output: "" });

    const rows = [...STARS, {}];
    const here = await served(rows);
    const labels = readFileSync(file("labels.csv"), "utf8");
    ["teff", "logg"].forEach((name, column) => {
      const ofColumn = (tensor: "value" | "error") => rows.map((_, row) => here[tensor]![row * 2 + column]!);
      expectClose(columnOf(labels, name), ofColumn("value"));
      expectClose(columnOf(labels, `${name}_error`), ofColumn("error"));
    });
  },
  60_000,
);

const OLD = `
import sys, numpy, onnxruntime
model = onnxruntime.InferenceSession(sys.argv[1])
inputs = numpy.loadtxt(sys.argv[2], delimiter=",", dtype="float32", ndmin=2)
for row in numpy.hstack(model.run(["value", "error"], {"inputs": inputs})): print(*row)
`;

testWithOnnxruntime(
  "a model that takes inputs gives in Python what the server predicts",
  async () => {
    const rows = STARS.filter(({ photBpMeanMag }) => photBpMeanMag !== null);
    const inputs = rows.map((row) => [...DEMO_FEATURES.compute(row)]);
    const table = folder.write("inputs.csv", inputs.map((row) => `${row.join(",")}\n`).join(""));
    const { status, output } = await runBeside(ONNX_PYTHON!, ["-c", OLD, file("demo.onnx"), table]);
    expect(status).toBe(0);

    const database = await installation.open();
    const predictor = new Predictor(new Registry(database, installation.dataDir), TEST_MODALITIES, {
      batchSize: 64,
      batchWindowMs: 0,
      queueLimit: 1000,
    });
    const predictions = await predictor.predict(versions.demo, rows);
    await predictor.close();
    await database.close();
    const [values, errors] = [0, 1].map((column) =>
      output
        .trim()
        .split("\n")
        .map((line) => Number(line.split(" ")[column])),
    );
    expectClose(
      values!,
      predictions.map(({ labels }) => labels[0]!.value),
    );
    expectClose(
      errors!,
      predictions.map(({ labels }) => labels[0]!.uncertainty),
    );
  },
  60_000,
);
