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

/** Adds a chunk's answer to that of all rows. Copies: the runtime's own memory is freed with its tensors. */
function keep(answers: Record<string, Float32Array>, name: string, tensor: Tensor | undefined, rows: number, first: number): void {
  if (tensor?.type !== "float32") throw new Error(`The graph has no float32 output '${name}'.`);
  const width = tensor.size / tensor.dims[0]!;
  const whole = answers[name] ?? new Float32Array(rows * width);
  whole.set(tensor.data as Float32Array, first * width);
  answers[name] = whole;
}

/**
 * Runs a graph over rows, chunk by chunk, as a server runs it.
 *
 * @param onnx the file's bytes
 * @param feeds makes the inputs of `count` rows from the row `first` on
 * @param outputs names of float32 outputs whose first dimension is the rows; all that the graph has when left out
 * @returns [rows, ...] of each output
 */
export async function runRows(
  onnx: Uint8Array,
  rows: number,
  feeds: (first: number, count: number) => Record<string, Tensor>,
  outputs?: readonly string[],
): Promise<Record<string, Float32Array>> {
  const session = await InferenceSession.create(onnx, SESSION);
  const names = outputs ?? session.outputNames;
  const answers: Record<string, Float32Array> = rows === 0 ? Object.fromEntries(names.map((name) => [name, new Float32Array(0)])) : {};
  try {
    for (let first = 0; first < rows; first += CHUNK) {
      const results = await session.run(feeds(first, Math.min(CHUNK, rows - first)), names);
      for (const name of names) keep(answers, name, results[name], rows, first);
      await nextTurn(); // the run blocks this thread: signals and the progress bar get their turn here
    }
  } finally {
    await session.release();
  }
  return answers;
}

/**
 * Runs a graph whose inputs are matrices, as `runRows` does.
 *
 * @param outputs names of float32 outputs whose first dimension is the rows
 */
export async function runGraph(
  onnx: Uint8Array,
  feeds: Feeds,
  rows: number,
  outputs: readonly string[],
): Promise<Record<string, Float32Array>> {
  const tensors = (first: number, count: number) => {
    const entries = Object.entries(feeds).map(([name, values]) => {
      const columns = values.length / rows;
      return [name, new Tensor("float32", values.slice(first * columns, (first + count) * columns), [count, columns])] as const;
    });
    return Object.fromEntries(entries);
  };
  return runRows(onnx, rows, tensors, outputs);
}
