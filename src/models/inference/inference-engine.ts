import path from "node:path";
import { LRUCache } from "lru-cache";
import { AppError } from "../../errors";
import { AskedWorker } from "../asked-worker";
import type { AnsweredTensor, InferenceOutput, InferenceRequest } from "./inference-protocol";

/** What the engine needs to know about a model version. */
export interface Runnable {
  /** the version's row id */
  readonly id: number;
  /** for error messages: `sos-mlp@3` */
  readonly name: string;
  /** that it answers with */
  readonly tensors: readonly AnsweredTensor[];
  /** raw columns that the artifact takes by name, in the order of a star's inputs; absent where it takes one tensor `inputs` */
  readonly columns?: readonly string[];
  /** Reads the verified artifact; called if the worker has not loaded the version. */
  read(): Promise<Uint8Array>;
}

/** A version that the worker has loaded or is loading. */
interface Session {
  /** never reused, so that a late unload cannot affect a later session */
  readonly number: number;
  readonly ready: Promise<void>;
}

/** Versions kept ready: champion and challenger of a few models. A network of 54-5x256-3 takes about 1 MB. */
const MAX_LOADED = 16;
/** Next to this file in the compiled output. */
const WORKER_FILE = path.join(__dirname, "inference-worker.js");

/** Runs models in one worker thread. If the thread dies, a new one loads models again as they are needed. */
export class InferenceEngine {
  private readonly worker: AskedWorker<InferenceRequest, InferenceOutput | null>;
  private nextSession = 0;
  private readonly sessions: LRUCache<number, Session>;

  /** @param maxLoaded versions kept ready in the worker */
  constructor(workerFile = WORKER_FILE, maxLoaded = MAX_LOADED) {
    this.worker = new AskedWorker(workerFile, "the inference worker", () => this.sessions.clear());
    this.sessions = new LRUCache({ max: maxLoaded, dispose: (session, _, why) => why === "evict" && this.unload(session) });
  }

  /**
   * @param inputs [stars, inputs] or [stars, columns] row by row, NaN if missing; moves to the worker: do not use it afterwards
   * @throws AppError MODEL_UNAVAILABLE if the artifact cannot be run; any error of `model.read`
   */
  async run(model: Runnable, inputs: Float32Array<ArrayBuffer>, stars: number): Promise<InferenceOutput> {
    const { number, ready } = this.sessionOf(model);
    await ready;
    const output = await this.worker.ask({ kind: "run", session: number, stars, inputs }, [inputs.buffer]).catch(unavailable(model));
    const wrong = model.tensors.find(({ name, width }) => output?.[name]?.length !== stars * width);
    if (output && !wrong) return output;
    throw new AppError(
      "MODEL_UNAVAILABLE",
      `The artifact of ${model.name} does not answer with ${wrong?.width} numbers a star in '${wrong?.name}', as its manifest says.`,
    );
  }

  /** Resolves once the worker answers, starting it if necessary; rejects if it died. */
  async ready(): Promise<void> {
    await this.worker.ask({ kind: "ping" });
  }

  /** Ends the worker; pending runs fail. */
  async close(): Promise<void> {
    await this.worker.close();
  }

  private sessionOf(model: Runnable): Session {
    const known = this.sessions.get(model.id);
    if (known) return known;
    const number = this.nextSession++;
    const session = { number, ready: this.load(model, number) };
    this.sessions.set(model.id, session);
    // Forget a failure, so that the next request tries again: the file may have been restored.
    session.ready.catch(() => this.sessions.peek(model.id) === session && this.sessions.delete(model.id));
    return session;
  }

  private async load(model: Runnable, session: number): Promise<void> {
    const onnx = await model.read();
    const tensors = model.tensors.map(({ name }) => name);
    await this.worker.ask({ kind: "load", session, onnx, tensors, columns: model.columns ?? null }).catch(unavailable(model));
  }

  /** Queued after the runs that wait for the same session. */
  private unload({ number, ready }: Session): void {
    const unload = async () => this.worker.isRunning && this.worker.ask({ kind: "unload", session: number });
    // If loading failed or the worker died, there is nothing to unload.
    ready.then(unload).catch(() => undefined);
  }
}

function unavailable({ name }: Runnable) {
  return (cause: Error): never => {
    throw new AppError("MODEL_UNAVAILABLE", `${name} cannot be run: ${cause.message}.`, { cause });
  };
}
