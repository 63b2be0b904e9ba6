import { InferenceSession, Tensor } from "onnxruntime-node";
import { readMetadata, withMetadata } from "../../../training/onnx/model-metadata";
import { OnnxModel } from "../../../training/onnx/onnx-model";
import { linearModel } from "../../support/linear-model";

const OLD = linearModel([{ name: "teff", offset: 5000, slopes: [100, 10], error: 80 }]);

test("metadata is added to a model that has none, and nothing else changes", async () => {
  const longer = withMetadata(
    OLD,
    new Map([
      ["unit", "K"],
      ["text", "Größe ≥ 3\n".repeat(1000)],
    ]),
  );
  expect(Buffer.from(longer.subarray(0, OLD.length))).toEqual(Buffer.from(OLD));
  expect(readMetadata(OLD)).toEqual(new Map());
  expect(readMetadata(longer)).toEqual(
    new Map([
      ["unit", "K"],
      ["text", "Größe ≥ 3\n".repeat(1000)],
    ]),
  );
  const session = await InferenceSession.create(longer);
  const { value } = await session.run({ inputs: new Tensor("float32", Float32Array.of(1, 2), [1, 2]) });
  await session.release();
  expect(value!.data[0]).toBeCloseTo(5120, 2);
});

test("what is there under the same key is replaced, and the rest stays", () => {
  const model = new OnnxModel("demo");
  model.metadata("unit", "K");
  model.metadata("study", "name: demo");
  const changed = withMetadata(model.finish(), new Map([["unit", "kK"]]));
  expect(readMetadata(changed)).toEqual(
    new Map([
      ["study", "name: demo"],
      ["unit", "kK"],
    ]),
  );
  expect(changed.length).toBe(model.finish().length + 1);
});

test.each(["an artifact", "\u000a\u00ff\u00ff", "\u0072"])("what is no model is refused: %j", (text) => {
  expect(() => readMetadata(Buffer.from(text, "latin1"))).toThrow("The file is no ONNX model");
});
