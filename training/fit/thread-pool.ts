import { Worker } from "node:worker_threads";
import type { WorkerMessage, WorkerStart } from "./fit-protocol";

export type OnFitEpoch = (epoch: number, validationLoss: number) => void;

/** One place of a pool: a thread that fits one network after another. */
class FitThread<Task, Result> {
  readonly #worker: Worker;

  constructor(file: string, start: WorkerStart) {
    this.#worker = new Worker(file, { workerData: start });
    this.#worker.setMaxListeners(0);
  }

  /** Hears the worker until `isLast` of a message. */
  #until<T>(hear: (message: WorkerMessage<Result>) => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void) => {
        this.#worker.off("message", onMessage).off("error", onError).off("exit", onExit);
        finish();
      };
      const onMessage = (message: WorkerMessage<Result>) => {
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

  fit(task: Task, onEpoch: OnFitEpoch): Promise<Result> {
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
export class ThreadPool<Task, Result> {
  readonly #free: FitThread<Task, Result>[];
  readonly #waiting: ((thread: FitThread<Task, Result>) => void)[] = [];

  private constructor(
    private readonly threads: readonly FitThread<Task, Result>[],
    private readonly stopFlag: Int32Array,
  ) {
    this.#free = [...threads];
  }

  /** @param file the worker's module, which answers as fit-protocol.ts says */
  static async open<Task, Result>(file: string, size: number, start: Omit<WorkerStart, "stop"> = {}): Promise<ThreadPool<Task, Result>> {
    const stop = new SharedArrayBuffer(4);
    const threads = Array.from({ length: size }, () => new FitThread<Task, Result>(file, { ...start, stop }));
    await Promise.all(threads.map((thread) => thread.ready()));
    return new ThreadPool(threads, new Int32Array(stop));
  }

  /** How many fits run at once. */
  get size(): number {
    return this.threads.length;
  }

  /** Waits for a free thread, then fits. */
  async fit(task: Task, onEpoch: OnFitEpoch): Promise<Result> {
    const thread = this.#free.pop() ?? (await new Promise<FitThread<Task, Result>>((resolve) => this.#waiting.push(resolve)));
    try {
      return await thread.fit(task, onEpoch);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(thread);
      else this.#free.push(thread);
    }
  }

  /** From now on each fit ends after its present epoch. */
  stop(): void {
    Atomics.store(this.stopFlag, 0, 1);
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.close()));
  }
}
