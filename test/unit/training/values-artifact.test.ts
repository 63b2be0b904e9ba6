import { InferenceSession } from "onnxruntime-node";
import { readMetadata } from "../../../training/onnx/model-metadata";
import { columnTensors } from "../../../training/values/expressions/compute-inputs";
import { ValuesArtifact } from "../../../training/values/values-artifact";
import { uniform } from "../../support/random";
import { compiled, matrix, type Row } from "../../support/study-inputs";

const INPUTS = compiled([{ colour: "bp - rp" }, { M_G: "absolute(g)" }, "missing(parallax)"]);
const SCALES = {
  normalisation: { mean: [1, 4, 0], scale: [0.5, 2, 1], reach: 3 },
  limits: [
    [0, 2],
    [-1, 9],
    [0, 1],
  ] as const,
};

/** teff = 5000 - 400 * colour of order one, error 80; a class by the colour; a vector of the prepared inputs. */
function artifact(): Uint8Array {
  const model = new ValuesArtifact("demo", INPUTS, SCALES);
  const { graph, inputs } = model;
  const weighted = graph.add("MatMul", [inputs.prepared, graph.constant([6, 1], Float32Array.of(-400, 0, 0, 0, 0, 0))]);
  const value = graph.add("Add", [weighted, graph.scalar(5000)]);
  const spent = graph.add("ReduceSum", [model.conditions, graph.constant([1], BigInt64Array.of(1n))], { keepdims: 1 });
  model.quantity("teff", "K", value, graph.add("Add", [graph.scalar(80), graph.add("Mul", [spent, graph.scalar(10)])]));
  const logits = graph.add("MatMul", [inputs.prepared, graph.constant([6, 2], Float32Array.of(1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))]);
  model.classes("kind", ["red", "blue"], graph.add("Softmax", [logits], { axis: 1 }));
  model.vector("place", 6, inputs.prepared);
  return model.finish({ study: "name: demo\n" });
}

async function run(rows: readonly Row[]): Promise<Record<string, number[][]>> {
  const session = await InferenceSession.create(artifact());
  const results = await session.run(columnTensors(INPUTS, matrix(INPUTS, rows), 0, rows.length));
  await session.release();
  const entries = Object.entries(results).map(([name, { data, dims }]) => {
    const width = dims[1]!;
    return [name, rows.map((_, row) => [...(data as Float32Array).subarray(row * width, (row + 1) * width)])] as const;
  });
  return Object.fromEntries(entries);
}

const STAR = { photGMeanMag: 12, photBpMeanMag: 12.5, photRpMeanMag: 11, parallax: 10 };

test("an artifact takes raw columns by name and gives every output that was added", async () => {
  const session = await InferenceSession.create(artifact());
  expect(session.inputNames).toEqual(["parallax", "photGMeanMag", "photBpMeanMag", "photRpMeanMag"]);
  expect(session.outputNames).toEqual(["inputs", "outside", "probabilities_kind", "vector_place", "value", "error"]);
  await session.release();
});

test("inputs, limits, normalisation, flags and conditions are right by hand", async () => {
  const { parallax: _, ...noParallax } = STAR;
  const found = await run([STAR, noParallax, { ...STAR, photBpMeanMag: 14 }]);
  expect(found.inputs).toEqual([
    [1.5, 7, 0],
    [1.5, Number.NaN, 1],
    [3, 7, 0],
  ]);
  expect(found.outside).toEqual([
    [0, 0, 0],
    [0, 0, 0],
    [1, 0, 0],
  ]);
  // (1.5 - 1) / 0.5 = 1, (7 - 4) / 2 = 1.5; a colour of 3 would be 4 and is cut at 3.
  expect(found.vector_place).toEqual([
    [1, 1.5, 0, 0, 0, 0],
    [1, 0, 1, 0, 1, 0],
    [3, 1.5, 0, 0, 0, 0],
  ]);
  expect(found.value).toEqual([[4600], [4600], [3800]]);
  expect(found.error).toEqual([[80], [90], [80]]);
  const red = 1 / (1 + Math.exp(-2));
  expect(found.probabilities_kind![0]![0]).toBeCloseTo(red, 6);
  expect(found.probabilities_kind![0]![0]! + found.probabilities_kind![0]![1]!).toBeCloseTo(1, 6);
});

test("of a star of which no input is known nothing is said, whatever is known to be missing", async () => {
  const found = await run([{}, { parallax: 3 }, { photGMeanMag: 3, parallax: -3 }, STAR]);
  for (const name of ["value", "error", "probabilities_kind", "vector_place"]) {
    expect(found[name]!.slice(0, 3).flat().every(Number.isNaN)).toBe(true);
    expect(found[name]![3]!.every(Number.isFinite)).toBe(true);
  }
  expect(found.outside!.slice(0, 3).flat()).toEqual(new Array(9).fill(0));
});

test("whatever the raw values, every output is finite or NaN", async () => {
  const draw = uniform(3);
  const extremes = [0, -0, 1e38, -1e38, 3e-45, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, null, -9999, 12];
  const any = () => extremes[Math.floor(draw() * extremes.length)]!;
  const rows = Array.from({ length: 500 }, () => ({ photGMeanMag: any(), photBpMeanMag: any(), photRpMeanMag: any(), parallax: any() }));
  const found = await run(rows);
  for (const values of Object.values(found))
    expect(values.flat().every((value) => Number.isFinite(value) || Number.isNaN(value))).toBe(true);
});

test("its metadata says what goes in and what comes out, with units", () => {
  const metadata = readMetadata(artifact());
  const json = (key: string) => JSON.parse(metadata.get(key)!) as unknown;
  expect(json("columns")).toMatchObject([
    { name: "parallax", unit: "mas" },
    { name: "photGMeanMag", unit: "mag", aliases: ["phot_g_mean_mag"] },
    {},
    {},
  ]);
  expect(json("inputs")).toMatchObject([{ name: "colour", unit: "mag", expression: "bp - rp" }, { name: "M_G" }, { unit: "-" }]);
  expect(json("outputs")).toEqual([
    { kind: "quantity", name: "teff", unit: "K", value: "value", error: "error", column: 0 },
    { kind: "classes", name: "kind", tensor: "probabilities_kind", classes: ["red", "blue"] },
    { kind: "vector", name: "place", tensor: "vector_place", length: 6 },
  ]);
  expect(metadata.get("study")).toBe("name: demo\n");
});
