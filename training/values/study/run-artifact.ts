import { runRows } from "../../onnx/run-graph";
import type { CompiledInputs } from "../expressions/compiled-inputs";
import { columnTensors } from "../expressions/compute-inputs";

/** What an artifact says of many rows, by the tensor's name, each [rows, width] row by row. */
export type ArtifactAnswers = Readonly<Record<string, Float32Array>>;

/**
 * Runs an artifact that begins at raw columns.
 *
 * @param raw [rows, columns] in the order of the compiled columns, NaN where missing
 */
export async function runArtifact(onnx: Uint8Array, compiled: CompiledInputs, raw: Float32Array): Promise<ArtifactAnswers> {
  const rows = raw.length / compiled.columns.length;
  return runRows(onnx, rows, (first, count) => columnTensors(compiled, raw, first, count));
}
