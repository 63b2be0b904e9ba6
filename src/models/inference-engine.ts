import path from "node:path";
import { Worker } from "node:worker_threads";
import { LRUCache } from "lru-cache";
import { AppError } from "../errors";
import type { InferenceOutput, InferenceReply, InferenceRequest } from "./inference-protocol";

/** A model version as the engine needs it. */
export interface Runnable {
  /** the version's row id */
  readonly id: number;
  /** as messages call it: `sos-mlp@3` */
  readonly name: string;
  readonly labels: number;
  /** Reads the verified artifact; called when the version is not in the worker yet. */
  read(): Promise<Uint8Array>;
}

type Ask<R = InferenceRequest> = R extends unknown ? Omit<R, "id"> : never;

/** A version in the worker, or on its way there. */
interface Session {
  /** never used twice, so that a late unload cannot hit the session that follows */
  readonly number: number;
  readonly ready: Promise<void>;
}

interface Waiting {
  resolve(output: InferenceOutput | null): void;
  reject(error: Error): void;
}

/** Versions kept ready: champion and challenger of a few models. A network of 54-5x256-3 takes about 1 MB. */
const MAX_LOADED = 16;
/** Beside this file wherever it was compiled to. */
const WORKER_FILE = path.join(__dirname, "inference-worker.js");

/**
 * Runs models in one worker thread, and starts a new one where it ends: what was asked of the old one fails with
 * a clear error, and what is asked next is answered.
 */
export class InferenceEngine {
  private worker: Worker | null = null;
  private nextId = 0;
  private readonly waiting = new Map<number, Waiting>();
  private readonly sessions: LRUCache<number, Session>;

  /** @param maxLoaded versions kept ready in the worker */
  constructor(
    private readonly workerFile = WORKER_FILE,
    maxLoaded = MAX_LOADED,
  ) {
    this.sessions = new LRUCache({ max: maxLoaded, dispose: (session, _, why) => why === "evict" && this.unload(session) });
  }

  /**
   * @param inputs [stars, inputs] raw features row by row, NaN where missing; handed over to the worker: do not read it again
   * @throws AppError MODEL_UNAVAILABLE where the artifact cannot be run, and what `model.read` throws
   */
  async run(model: Runnable, inputs: Float32Array<ArrayBuffer>, stars: number): Promise<InferenceOutput> {
    const { number, ready } = this.sessionOf(model);
    await ready;
    const output = await this.ask({ kind: "run", session: number, stars, inputs }, [inputs.buffer]).catch(unavailable(model));
    const expected = stars * model.labels;
    if (output?.value.length === expected && output.error.length === expected) return output;
    throw new AppError(
      "MODEL_UNAVAILABLE",
      `The artifact of ${model.name} does not answer with ${model.labels} labels a star, as its manifest says.`,
    );
  }

  /** Resolves once the worker, started where there is none, has come to this question; throws where it ended instead. */
  async ready(): Promise<void> {
    await this.ask({ kind: "ping" });
  }

  /** Ends the worker; what is still asked of it fails. */
  async close(): Promise<void> {
    await this.worker?.terminate();
  }

  private sessionOf(model: Runnable): Session {
    const known = this.sessions.get(model.id);
    if (known) return known;
    const number = this.nextId++;
    const session = { number, ready: this.load(model, number) };
    this.sessions.set(model.id, session);
    // A failure is not remembered: the next request tries again, as after a restored file.
    session.ready.catch(() => this.sessions.peek(model.id) === session && this.sessions.delete(model.id));
    return session;
  }

  private async load(model: Runnable, session: number): Promise<void> {
    const onnx = await model.read();
    await this.ask({ kind: "load", session, onnx }).catch(unavailable(model));
  }

  /** Behind the runs that wait for the same session. */
  private unload({ number, ready }: Session): void {
    // Where loading failed, or the worker ended, there is nothing left to unload.
    ready.then(() => this.worker && this.ask({ kind: "unload", session: number })).catch(() => undefined);
  }

  private ask(request: Ask, transfer: ArrayBuffer[] = []): Promise<InferenceOutput | null> {
    const id = this.nextId++;
    this.worker ??= this.start();
    const { worker } = this;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      worker.ref(); // a process with unanswered requests stays alive, an idle one may end
      worker.postMessage({ id, ...request }, transfer);
    });
  }

  private start(): Worker {
    const worker = new Worker(this.workerFile);
    // Node takes up to a thousand messages off a port in one turn. Settled in that turn, small batches would be asked
    // and answered on and on without the event loop ever getting on: 13 to 45 ms at the 99th percentile, now below 5.
    worker.on("message", (reply: InferenceReply) => setImmediate(() => this.settle(worker, reply)));
    let cause: unknown;
    worker.on("error", (error) => {
      cause = error;
    });
    worker.on("exit", (status) => {
      if (this.worker === worker) this.fail(status, cause);
    });
    return worker;
  }

  private settle(worker: Worker, reply: InferenceReply): void {
    const waiting = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if (this.waiting.size === 0) worker.unref();
    if ("failure" in reply) waiting?.reject(new Error(reply.failure));
    else waiting?.resolve(reply.output);
  }

  private fail(status: number, cause: unknown): void {
    this.worker = null;
    this.sessions.clear();
    const lost = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of lost)
      reject(new Error(`the inference worker ended with status ${status}; a new one starts with the next request`, { cause }));
  }
}

function unavailable({ name }: Runnable) {
  return (cause: Error): never => {
    throw new AppError("MODEL_UNAVAILABLE", `${name} cannot be run: ${cause.message}.`, { cause });
  };
}
