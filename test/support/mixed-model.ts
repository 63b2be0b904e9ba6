import type { ManifestDraft } from "../../src/models/registry/manifest";
import type { ClassificationStatistics } from "../../src/models/registry/output";
import { FLOAT32, OnnxModel, type Value } from "../../training/onnx/onnx-model";
import { manifestDraft, TEFF } from "./manifest";

const COMPARED: ClassificationStatistics = {
  stars: 10,
  accuracy: 0.9,
  macroF1: 0.9,
  logLoss: 0.3,
  calibrationError: 0.02,
  confusion: [
    [5, 0],
    [1, 4],
  ],
};

const COLUMNS = [
  { name: "gMag", unit: "mag", description: "a survey's own G" },
  { name: "parallax", unit: "mas", description: "Gaia parallax" },
];

/** A version that takes raw columns by name, and says a quantity, a class and a vector. */
export function mixedDraft(over: Partial<ManifestDraft> = {}): ManifestDraft {
  return manifestDraft({
    model: "mixed",
    featureSet: { name: "our-study", inputs: COLUMNS },
    columns: COLUMNS,
    limits: [
      [5, 15],
      [0, 10],
    ],
    farthest: 0.5,
    outputs: [
      { ...TEFF, largestError: 300 },
      { kind: "classes", name: "kind", column: "Kind", classes: ["dwarf", "giant"], test: COMPARED, before: COMPARED },
      { kind: "vector", name: "space", length: 3, description: "near means alike" },
    ],
    ...over,
  });
}

/**
 * teff = 6000 - 100 gMag, to 90 K, or to 400 K without a parallax; a giant with odds of e^(gMag - 10); the vector (gMag, parallax,
 * 1). A missing value counts as 0.
 */
export function mixedModel(): Uint8Array {
  const graph = new OnnxModel("mixed");
  const axis = graph.constant([1], BigInt64Array.of(1n));
  const columns = COLUMNS.map(({ name }) => graph.add("Unsqueeze", [graph.input(name, ["N"]), axis]));
  const isMissing = columns.map((column) => graph.add("IsNaN", [column]));
  const [g, parallax] = columns.map((column, index) => graph.add("Where", [isMissing[index]!, graph.scalar(0), column])) as [Value, Value];
  const inputs = graph.add("Concat", columns, { axis: 1 });
  const unknown = graph.add("Cast", [isMissing[1]!], { to: FLOAT32 });
  const zero = graph.add("Mul", [g, graph.scalar(0)]);
  const one = graph.add("Add", [zero, graph.scalar(1)]);
  const outside = graph.add("Cast", [graph.add("Greater", [inputs, graph.scalar(15)])], { to: FLOAT32 });
  const value = graph.add("Sub", [graph.scalar(6000), graph.add("Mul", [g, graph.scalar(100)])]);
  const error = graph.add("Add", [graph.scalar(90), graph.add("Mul", [unknown, graph.scalar(310)])]);
  const logits = graph.add("Concat", [zero, graph.add("Sub", [g, graph.scalar(10)])], { axis: 1 });
  graph.output("value", value, ["N", 1]);
  graph.output("error", error, ["N", 1]);
  graph.output("probabilities_kind", graph.add("Softmax", [logits], { axis: 1 }), ["N", 2]);
  graph.output("vector_space", graph.add("Concat", [g, parallax, one], { axis: 1 }), ["N", 3]);
  graph.output("inputs", inputs, ["N", 2]);
  graph.output("outside", outside, ["N", 2]);
  return graph.finish();
}
