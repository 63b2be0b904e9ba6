import { InferenceSession } from "onnxruntime-node";
import type { CompiledInputs } from "../expressions/compiled-inputs";
import { columnTensors } from "../expressions/compute-inputs";

/** Stars a run. */
const BATCH = 4096;

/** What an artifact says of many rows, by the tensor's name, each [rows, width] row by row. */
export type ArtifactAnswers = Readonly<Record<string, Float32Array>>;

/**
 * Runs an artifact that begins at raw columns.
 *
 * @param raw [rows, columns] in the order of the compiled columns, NaN where missing
 */
export async function runArtifact(onnx: Uint8Array, compiled: CompiledInputs, raw: Float32Array): Promise<ArtifactAnswers> {
  const session = await InferenceSession.create(onnx, {
    executionProviders: ["cpu"],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const rows = raw.length / compiled.columns.length;
  const answers: Record<string, Float32Array> = {};
  try {
    for (let first = 0; first < rows; first += BATCH) {
      const results = await session.run(columnTensors(compiled, raw, first, Math.min(BATCH, rows - first)));
      for (const [name, { data, dims }] of Object.entries(results)) {
        answers[name] ??= new Float32Array(rows * dims[1]!);
        answers[name].set(data as Float32Array, first * dims[1]!);
      }
    }
  } finally {
    await session.release();
  }
  return answers;
}
