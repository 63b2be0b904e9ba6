import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { AppError } from "../../src/errors";
import type { Backend } from "../backends/backend";
import { fitNetwork } from "./fit-network";
import type { WorkerMessage, WorkerStart } from "./fit-protocol";
import type { FitResult, FitTask } from "./fit-task";

export type OnFitEpoch = (epoch: number, validationLoss: number) => void;

/** Fits networks, several at once where that helps. */
export interface FitPool {
  /** how many fits run at once */
  readonly size: number;
  /** Waits for a free place, then fits. */
  fit(task: FitTask, onEpoch: OnFitEpoch): Promise<FitResult>;
  /** From now on each fit ends after its present epoch with the best it has. */
  stop(): void;
  close(): Promise<void>;
}

/** One place of the pool: a thread with its own backend. */
class FitThread {
  readonly #worker: Worker;

  constructor(start: WorkerStart) {
    this.#worker = new Worker(path.join(__dirname, "fit-worker.js"), { workerData: start });
    this.#worker.setMaxListeners(0);
  }

  /** Hears the worker until `isLast` of a message. */
  #until<T>(hear: (message: WorkerMessage) => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void) => {
        this.#worker.off("message", onMessage).off("error", onError).off("exit", onExit);
        finish();
      };
      const onMessage = (message: WorkerMessage) => {
        if (message.kind === "failure") return settle(() => reject(new Error(`A fit failed: ${message.message}`)));
        const heard = hear(message);
        if (heard !== undefined) settle(() => resolve(heard));
      };
      const onError = (error: Error) => settle(() => reject(error));
      const onExit = (code: number) => settle(() => reject(new Error(`A training thread ended with status ${code}.`)));
      this.#worker.on("message", onMessage).on("error", onError).on("exit", onExit);
    });
  }

  async ready(): Promise<this> {
    await this.#until((message) => (message.kind === "ready" ? true : undefined));
    return this;
  }

  fit(task: FitTask, onEpoch: OnFitEpoch): Promise<FitResult> {
    const result = this.#until((message) => {
      if (message.kind === "epoch") onEpoch(message.epoch, message.validationLoss);
      return message.kind === "result" ? message.result : undefined;
    });
    this.#worker.postMessage(task);
    return result;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}

/** Threads side by side: a small network's kernels are too short to be worth splitting. */
class ThreadPool implements FitPool {
  readonly #free: FitThread[];
  readonly #waiting: ((thread: FitThread) => void)[] = [];

  private constructor(
    private readonly threads: readonly FitThread[],
    private readonly stopFlag: Int32Array,
  ) {
    this.#free = [...threads];
  }

  static async open(backend: Backend, size: number): Promise<ThreadPool> {
    const stop = new SharedArrayBuffer(4);
    const threads = Array.from({ length: size }, () => new FitThread({ backend: backend.name, stop }));
    await Promise.all(threads.map((thread) => thread.ready()));
    return new ThreadPool(threads, new Int32Array(stop));
  }

  get size(): number {
    return this.threads.length;
  }

  async fit(task: FitTask, onEpoch: OnFitEpoch): Promise<FitResult> {
    const thread = this.#free.pop() ?? (await new Promise<FitThread>((resolve) => this.#waiting.push(resolve)));
    try {
      return await thread.fit(task, onEpoch);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(thread);
      else this.#free.push(thread);
    }
  }

  stop(): void {
    Atomics.store(this.stopFlag, 0, 1);
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.close()));
  }
}

/** Fits in this thread, one after another: a native or GPU backend uses all cores by itself and cannot be loaded twice. */
class SinglePlace implements FitPool {
  readonly size = 1;
  #stopped = false;
  #last: Promise<unknown> = Promise.resolve();

  fit(task: FitTask, onEpoch: OnFitEpoch): Promise<FitResult> {
    const result = this.#last.then(() =>
      fitNetwork(task, async (epoch, validationLoss) => {
        onEpoch(epoch, validationLoss);
        await setImmediate(); // lets an interrupt be heard
        return this.#stopped;
      }),
    );
    this.#last = result.catch(() => undefined);
    return result;
  }

  stop(): void {
    this.#stopped = true;
  }

  async close(): Promise<void> {
    await this.#last;
  }
}

/** @param threads how many fits may run at once on a backend that works in threads (wasm, cpu) */
export async function openFitPool(backend: Backend, threads: number): Promise<FitPool> {
  if (!Number.isInteger(threads) || threads < 1 || threads > 256)
    throw new AppError("BAD_INPUT", `Threads must be a whole number from 1 to 256, not ${threads}.`);
  return backend.name === "wasm" || backend.name === "cpu" ? ThreadPool.open(backend, threads) : new SinglePlace();
}
