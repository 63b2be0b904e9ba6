import path from "node:path";
import { Worker } from "node:worker_threads";
import { AppError } from "../../errors";
import { type Folding, foldLightCurve } from "../../features/light-curve/fold-light-curve";
import type { LightCurvePoints } from "../../features/light-curve/light-curve";
import type { FoldingReply, FoldingRequest } from "./folding-protocol";

interface Waiting {
  resolve(folding: Folding): void;
  reject(error: Error): void;
}

/** Beside this file wherever it was compiled to. */
const WORKER_FILE = path.join(__dirname, "folding-worker.js");
/** A search takes 50 ms of a Gaia light curve and a second or two at worst: more than these would wait for too long. */
const MAX_WAITING = 16;

/**
 * Folds light curves; a period that is not known is searched for in a thread of its own, so that the server answers
 * others meanwhile.
 */
export class FoldingEngine {
  private worker: Worker | null = null;
  private nextId = 0;
  private readonly waiting = new Map<number, Waiting>();

  constructor(private readonly maxWaiting = MAX_WAITING) {}

  /**
   * @param periodDays [d] null: search for it
   * @throws AppError OVERLOADED where too many searches wait already
   */
  async fold(points: LightCurvePoints, periodDays: number | null): Promise<Folding> {
    return periodDays === null ? this.search(points) : foldLightCurve(points, periodDays);
  }

  /** Ends the thread; what is still asked of it fails. */
  async close(): Promise<void> {
    await this.worker?.terminate();
  }

  private search(points: LightCurvePoints): Promise<Folding> {
    if (this.waiting.size >= this.maxWaiting)
      throw new AppError("OVERLOADED", `${this.waiting.size} searches for a period wait already. Try again later, or give the period.`);
    this.worker ??= this.start();
    const { worker } = this;
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      worker.ref(); // a process with unanswered requests stays alive, an idle one may end
      worker.postMessage({ id, points } satisfies FoldingRequest);
    });
  }

  private start(): Worker {
    const worker = new Worker(WORKER_FILE);
    worker.on("message", (reply: FoldingReply) => this.settle(worker, reply));
    let cause: unknown;
    worker.on("error", (error) => {
      cause = error;
    });
    worker.on("exit", (status) => {
      if (this.worker === worker) this.fail(status, cause);
    });
    return worker;
  }

  private settle(worker: Worker, reply: FoldingReply): void {
    const waiting = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if (this.waiting.size === 0) worker.unref();
    if ("failure" in reply) waiting?.reject(new Error(reply.failure));
    else waiting?.resolve(reply.folding);
  }

  private fail(status: number, cause: unknown): void {
    this.worker = null;
    const lost = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of lost) reject(new Error(`the search for a period ended with status ${status}`, { cause }));
  }
}
