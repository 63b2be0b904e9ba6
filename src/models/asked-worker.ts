import { Worker } from "node:worker_threads";

/** A question sent to a worker. */
export interface Asked<Question> {
  readonly id: number;
  readonly question: Question;
}

/** A worker's answer to the question with the same id. */
export type Answered<Answer> = { readonly id: number } & ({ readonly answer: Answer } | { readonly failure: string });

interface Waiting<Answer> {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/**
 * A worker thread that answers questions. The first question starts it. If the thread dies, its pending questions fail and
 * the next question starts a new thread.
 */
export class AskedWorker<Question, Answer> {
  private worker: Worker | null = null;
  private nextId = 0;
  private readonly waiting = new Map<number, Waiting<Answer>>();

  /**
   * @param name for error messages: "the inference worker"
   * @param onEnd called when the thread dies, before its pending questions fail
   */
  constructor(
    private readonly file: string,
    private readonly name: string,
    private readonly onEnd: () => void = () => undefined,
  ) {}

  /** Whether the thread is running. */
  get isRunning(): boolean {
    return this.worker !== null;
  }

  /** Number of pending questions. */
  get unanswered(): number {
    return this.waiting.size;
  }

  /** @param transfer memory that moves to the worker: do not use it afterwards */
  ask(question: Question, transfer: ArrayBuffer[] = []): Promise<Answer> {
    const id = this.nextId++;
    this.worker ??= this.start();
    const { worker } = this;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      worker.ref(); // keep the process alive while questions are pending
      worker.postMessage({ id, question } satisfies Asked<Question>, transfer);
    });
  }

  /** Ends the thread; pending questions fail. */
  async close(): Promise<void> {
    await this.worker?.terminate();
  }

  private start(): Worker {
    const worker = new Worker(this.file);
    // Node delivers up to a thousand messages of a port in one turn. Settling them at once would let small batches be sent
    // and answered within that turn and block the event loop: 13 to 45 ms at the 99th percentile instead of below 5.
    worker.on("message", (answered: Answered<Answer>) => setImmediate(() => this.settle(worker, answered)));
    let cause: unknown;
    worker.on("error", (error) => {
      cause = error;
    });
    worker.on("exit", (status) => {
      if (this.worker === worker) this.fail(status, cause);
    });
    return worker;
  }

  private settle(worker: Worker, answered: Answered<Answer>): void {
    const waiting = this.waiting.get(answered.id);
    this.waiting.delete(answered.id);
    if (this.waiting.size === 0) worker.unref();
    if ("failure" in answered) waiting?.reject(new Error(answered.failure));
    else waiting?.resolve(answered.answer);
  }

  private fail(status: number, cause: unknown): void {
    this.worker = null;
    this.onEnd();
    const lost = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of lost)
      reject(new Error(`${this.name} ended with status ${status}; a new one starts with the next request`, { cause }));
  }
}
