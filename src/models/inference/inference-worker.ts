import { parentPort } from "node:worker_threads";
import { InferenceSession, Tensor } from "onnxruntime-node";
import type { Answered, Asked } from "../asked-worker";
import type { InferenceOutput, InferenceRequest } from "./inference-protocol";

// `session.run` blocks its thread while the model runs, hence a worker thread.

const sessions = new Map<number, InferenceSession>();

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

async function run(number: number, stars: number, inputs: Float32Array): Promise<InferenceOutput> {
  const session = sessions.get(number);
  if (!session) throw new Error(`session ${number} is not loaded`);
  const results = await session.run({ inputs: new Tensor("float32", inputs, [stars, inputs.length / stars]) });
  return { value: floats(results.value, "value"), error: floats(results.error, "error") };
}

async function handle(request: InferenceRequest): Promise<InferenceOutput | null> {
  switch (request.kind) {
    case "load":
      sessions.set(request.session, await InferenceSession.create(request.onnx, SESSION));
      return null;
    case "ping":
      return null;
    case "run":
      return run(request.session, request.stars, request.inputs);
    case "unload":
      await sessions.get(request.session)?.release();
      sessions.delete(request.session);
      return null;
  }
}

async function answer({ id, question }: Asked<InferenceRequest>): Promise<void> {
  try {
    const output = await handle(question);
    const reply: Answered<InferenceOutput | null> = { id, answer: output };
    parentPort?.postMessage(reply, output ? [output.value.buffer, output.error.buffer] : []);
  } catch (error) {
    parentPort?.postMessage({ id, failure: (error as Error).message } satisfies Answered<InferenceOutput | null>);
  }
}

// Strictly in order: an unload must not overtake an earlier run.
let last = Promise.resolve();
parentPort?.on("message", (asked: Asked<InferenceRequest>) => {
  last = last.then(() => answer(asked));
});
