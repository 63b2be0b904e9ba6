import { setImmediate as nextTurn } from "node:timers/promises";
import { InferenceSession, Tensor } from "onnxruntime-node";

/** One thread, so that sums have one order: an answer does not depend on the machine's cores. */
const SESSION: InferenceSession.SessionOptions = {
  executionProviders: ["cpu"],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  logSeverityLevel: 3,
};

/** Rows at once: bounds the memory of what lies between a graph's inputs and its outputs. */
const CHUNK = 1024;

/** The inputs of a graph, each [rows, a number of columns] row by row. */
export type Feeds = Readonly<Record<string, Float32Array>>;

/** Copies: the runtime's own memory is freed with its tensors. */
function copied(tensor: Tensor | undefined, name: string): Float32Array {
  if (tensor?.type !== "float32") throw new Error(`The graph has no float32 output '${name}'.`);
  return new Float32Array(tensor.data as Float32Array);
}

function join(parts: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

function chunkOf(feeds: Feeds, rows: number, start: number): Record<string, Tensor> {
  const count = Math.min(CHUNK, rows - start);
  const entries = Object.entries(feeds).map(([name, values]) => {
    const columns = values.length / rows;
    return [name, new Tensor("float32", values.slice(start * columns, (start + count) * columns), [count, columns])] as const;
  });
  return Object.fromEntries(entries);
}

/**
 * Runs a graph over rows, chunk by chunk, as a server runs it.
 *
 * @param onnx the file's bytes
 * @param outputs names of float32 outputs whose first dimension is the rows
 * @returns [rows, ...] of each output
 */
export async function runGraph(
  onnx: Uint8Array,
  feeds: Feeds,
  rows: number,
  outputs: readonly string[],
): Promise<Record<string, Float32Array>> {
  const parts = outputs.map((): Float32Array[] => []);
  const session = await InferenceSession.create(onnx, SESSION);
  for (let start = 0; start < rows; start += CHUNK) {
    const results = await session.run(chunkOf(feeds, rows, start));
    outputs.forEach((name, index) => {
      parts[index]!.push(copied(results[name], name));
    });
    await nextTurn(); // the run blocks this thread: signals and the progress bar get their turn here
  }
  await session.release();
  return Object.fromEntries(outputs.map((name, index) => [name, join(parts[index]!)]));
}
