import { parentPort } from "node:worker_threads";
import { InferenceSession, Tensor } from "onnxruntime-node";
import type { Answered, Asked } from "../asked-worker";
import type { InferenceOutput, InferenceRequest } from "./inference-protocol";

// `session.run` blocks its thread while the model runs, hence a worker thread.

/** A loaded artifact, and how it is fed and read. */
interface Loaded {
  readonly session: InferenceSession;
  readonly tensors: readonly string[];
  /** place of each input of the session in a star's row of columns; null: the row itself is the one input */
  readonly places: ReadonlyMap<string, number> | null;
  /** columns of a star's row */
  readonly width: number;
}

const sessions = new Map<number, Loaded>();

/** One thread per session: more would compete for the server's cores, and batches are too small to split. */
const SESSION: InferenceSession.SessionOptions = {
  executionProviders: ["cpu"],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  logSeverityLevel: 3,
};

/** Copies: the runtime's own memory cannot be transferred to another thread. */
function floats(tensor: Tensor | undefined, name: string): Float32Array<ArrayBuffer> {
  if (tensor?.type !== "float32") throw new Error(`the artifact has no float32 output '${name}'`);
  return new Float32Array(tensor.data as Float32Array);
}

async function load(onnx: Uint8Array, tensors: readonly string[], columns: readonly string[] | null): Promise<Loaded> {
  const session = await InferenceSession.create(onnx, SESSION);
  const absent = tensors.find((name) => !session.outputNames.includes(name));
  if (absent) throw new Error(`the artifact has no output '${absent}'`);
  if (columns === null) return { session, tensors, places: null, width: 0 };
  const unknown = session.inputNames.find((name) => !columns.includes(name));
  if (unknown) throw new Error(`the artifact takes a column '${unknown}', which its manifest does not name`);
  return { session, tensors, places: new Map(session.inputNames.map((name) => [name, columns.indexOf(name)])), width: columns.length };
}

/** Column by column, of rows. */
function fed({ places, width }: Loaded, stars: number, inputs: Float32Array): Record<string, Tensor> {
  if (places === null) return { inputs: new Tensor("float32", inputs, [stars, inputs.length / stars]) };
  const feeds: Record<string, Tensor> = {};
  for (const [name, place] of places) {
    const column = new Float32Array(stars);
    for (let star = 0; star < stars; star++) column[star] = inputs[star * width + place]!;
    feeds[name] = new Tensor("float32", column, [stars]);
  }
  return feeds;
}

async function run(number: number, stars: number, inputs: Float32Array): Promise<InferenceOutput> {
  const loaded = sessions.get(number);
  if (!loaded) throw new Error(`session ${number} is not loaded`);
  const results = await loaded.session.run(fed(loaded, stars, inputs), loaded.tensors);
  const output: Record<string, Float32Array<ArrayBuffer>> = {};
  for (const name of loaded.tensors) output[name] = floats(results[name], name);
  return output;
}

async function handle(request: InferenceRequest): Promise<InferenceOutput | null> {
  switch (request.kind) {
    case "load":
      sessions.set(request.session, await load(request.onnx, request.tensors, request.columns));
      return null;
    case "ping":
      return null;
    case "run":
      return run(request.session, request.stars, request.inputs);
    case "unload":
      await sessions.get(request.session)?.session.release();
      sessions.delete(request.session);
      return null;
  }
}

async function answer({ id, question }: Asked<InferenceRequest>): Promise<void> {
  try {
    const output = await handle(question);
    const reply: Answered<InferenceOutput | null> = { id, answer: output };
    parentPort?.postMessage(reply, output ? Object.values(output).map(({ buffer }) => buffer) : []);
  } catch (error) {
    parentPort?.postMessage({ id, failure: (error as Error).message } satisfies Answered<InferenceOutput | null>);
  }
}

// Strictly in order: an unload must not overtake an earlier run.
let last = Promise.resolve();
parentPort?.on("message", (asked: Asked<InferenceRequest>) => {
  last = last.then(() => answer(asked));
});
