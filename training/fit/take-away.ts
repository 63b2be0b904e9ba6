import type { OnnxModel } from "../onnx/onnx-model";
import type { FitTask, GraphInputs } from "./family";

/** @returns the task as if all its stars lacked the inputs of a gap, beside those that they lack anyway */
export function withoutInputs<Settings>(task: FitTask<Settings>, gap: Uint8Array): FitTask<Settings> {
  if (!gap.includes(1)) return task;
  const { columns } = task;
  const raw = task.raw.slice();
  // Shared, so that a thread does not copy it once more.
  const prepared = new Float32Array(new SharedArrayBuffer(task.prepared.byteLength));
  prepared.set(task.prepared);
  for (let row = 0; row < raw.length / columns; row++) {
    for (let column = 0; column < columns; column++) {
      if (!gap[column]) continue;
      raw[row * columns + column] = Number.NaN;
      prepared[2 * columns * row + column] = 0;
      prepared[2 * columns * row + columns + column] = 1;
    }
  }
  return { ...task, raw, prepared };
}

/** The same in a graph. */
export function emitWithout(graph: OnnxModel, { raw, prepared }: GraphInputs, gap: Uint8Array): GraphInputs {
  if (!gap.includes(1)) return { raw, prepared };
  const size = gap.length;
  const nothing = graph.constant(
    [size],
    Float32Array.from(gap, (one) => (one ? Number.NaN : 0)),
  );
  const kept = graph.constant(
    [2 * size],
    Float32Array.from({ length: 2 * size }, (_, at) => (at < size ? 1 - gap[at]! : 1)),
  );
  // The larger of a value and this: of values, which may be negative, only the flags of the gap are raised.
  const raised = graph.constant(
    [2 * size],
    Float32Array.from({ length: 2 * size }, (_, at) => (at >= size && gap[at - size] ? 1 : Number.NEGATIVE_INFINITY)),
  );
  return { raw: graph.add("Add", [raw, nothing]), prepared: graph.add("Max", [graph.add("Mul", [prepared, kept]), raised]) };
}
